import { join, resolve } from "node:path";
import { AccessKeys } from "./access/access-keys.ts";
import { loadRoles } from "./access/roles.ts";
import { bucketDefinitions } from "./assemble/buckets.ts";
import { distributionOf } from "./assemble/distribution.ts";
import { Functions } from "./assemble/functions.ts";
import { httpApi } from "./assemble/http-api.ts";
import { localAddresses } from "./assemble/local-addresses.ts";
import { eventRules } from "./assemble/rules.ts";
import { stateMachines } from "./assemble/state-machines.ts";
import { logFile, type Surroundings } from "./assemble/surroundings.ts";
import { findTaskDefinition, taskDefinitions } from "./assemble/task-definitions.ts";
import { firstClientOf, userPools } from "./assemble/user-pools.ts";
import { createAwsRouter } from "./aws/aws-router.ts";
import { cognitoRoute } from "./aws/cognito-route.ts";
import { createCognitoDispatcher } from "./cognito/dispatcher.ts";
import type { UserPool } from "./cognito/user-pool.ts";
import { createTables } from "./dynamodb/create-tables.ts";
import { dynamoService } from "./dynamodb/dynamo-service.ts";
import { TableStore } from "./dynamodb/table-store.ts";
import { ContainerService } from "./ecs/container-service.ts";
import { ecsService } from "./ecs/ecs-service.ts";
import { DeadLetters } from "./events/dead-letters.ts";
import { EventBus } from "./events/event-bus.ts";
import { createDistribution } from "./gateway/distribution.ts";
import { createGateway } from "./gateway/gateway.ts";
import { administratorPolicy } from "./iam/policy.ts";
import type { LocalStack, LocalStackOptions } from "./local-stack.ts";
import { Cleanup } from "./process/cleanup.ts";
import { lockDataFolder } from "./process/lock-file.ts";
import { findFreePort, type OpenPort, openPort } from "./process/open-port.ts";
import { startS3 } from "./s3/start-s3.ts";
import { snsService } from "./sns/sns-service.ts";
import { Topics } from "./sns/topics.ts";
import type { TaskServices } from "./states/run-task.ts";
import { statesService } from "./states/states-service.ts";
import { type Application, loadApplication } from "./template/application.ts";
import type { Json } from "./template/json.ts";
import { account, region } from "./template/physical-names.ts";

const defaultPorts = { api: 4400, s3: 4401, aws: 4402 } as const;

/**
 * Runs the system of a cloud assembly on loopback. Resolves once everything answers.
 *
 * @throws UnsupportedTemplateError that lists all the template asks for and cannot get here.
 * @throws DataFolderInUseError where another process uses the data folder.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const cleanup = new Cleanup();
  try {
    const stack = await start(options, cleanup);
    return { ...stack, stop: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: LocalStackOptions, cleanup: Cleanup): Promise<Omit<LocalStack, "stop">> {
  const { ports = {}, log = () => undefined } = options;
  const dataDirectory = resolve(options.dataDirectory);
  if (!options.locked) cleanup.add(lockDataFolder(dataDirectory));
  const api = await openPort(ports.api ?? defaultPorts.api);
  cleanup.add(() => api.close());
  const aws = await openPort(ports.aws ?? defaultPorts.aws);
  cleanup.add(() => aws.close());
  const s3Port = await findFreePort(ports.s3 ?? defaultPorts.s3);
  const urls = { api: api.url, s3: `http://127.0.0.1:${s3Port}`, aws: aws.url };

  const application = loadApplication(resolve(options.assemblyDirectory), api.url);
  const keys = new AccessKeys(join(dataDirectory, "secret"));
  const surroundings: Surroundings = {
    application,
    roles: loadRoles(application),
    keys,
    dataDirectory,
    endpoints: { s3: urls.s3, aws: urls.aws },
    localize: localAddresses(application, urls),
    log,
  };
  const buckets = bucketDefinitions(application, urls.api);
  const tables = await startTables(surroundings, cleanup);
  const functions = new Functions(surroundings);
  cleanup.add(() => functions.stop());
  const pools = await userPools(surroundings, functions);
  for (const pool of pools) cleanup.add(() => pool.close());

  const { services, definitions } = taskServices(surroundings, functions, cleanup);
  const machines = stateMachines(surroundings, services);
  cleanup.add(async () => {
    await Promise.all([services.containers.close(), ...machines.map((machine) => machine.stop())]);
  });
  const rules = eventRules(surroundings, functions, machines);
  const bus = new EventBus(rules, new DeadLetters(join(dataDirectory, "dead-letters")), log);

  const operator = { arn: `arn:aws:iam::${account}:user/operator`, policies: [administratorPolicy] };
  const credentials = keys.issue(operator.arn, operator);
  aws.serve(
    createAwsRouter({
      credentials: keys.credentials,
      jsonServices: [
        dynamoService(tables),
        statesService(machines),
        ecsService(services.containers, (name) => findTaskDefinition(definitions, name)),
      ],
      queryServices: [snsService(services.topics)],
      before: cognitoRoute(
        createCognitoDispatcher(pools, (error) => log(`user pool: ${String(error)}`)),
        keys.credentials,
      ),
    }),
  );
  const s3 = await startS3({
    directory: join(dataDirectory, "s3"),
    port: s3Port,
    region,
    account,
    credentials: keys.credentials,
    buckets,
    onObjectCreated: (event) => bus.put(event as unknown as Json),
    onError: (error) => log(`s3: ${String(error)}`),
  });
  cleanup.add(() => s3.close());
  cleanup.add(() => bus.close());
  serveApi(api, surroundings, functions, pools);
  bus.startSchedules();
  return {
    urls,
    region,
    outputs: application.outputs,
    credentials,
    userPool: userPoolOf(pools),
    resources: namesOf(application),
  };
}

async function startTables(surroundings: Surroundings, cleanup: Cleanup): Promise<TableStore> {
  const { application, dataDirectory } = surroundings;
  const store = await TableStore.start(join(dataDirectory, "tables"), logFile(surroundings, "tables"));
  cleanup.add(() => store.stop());
  await createTables(store, application.ofType("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"));
  return store;
}

function taskServices(surroundings: Surroundings, functions: Functions, cleanup: Cleanup) {
  const { application, dataDirectory } = surroundings;
  const definitions = taskDefinitions(surroundings);
  const containers = new ContainerService(({ family }) => logFile(surroundings, family));
  cleanup.add(() => containers.close());
  const topicArns = application.ofType("AWS::SNS::Topic").map(({ ref }) => ref);
  const services: TaskServices = {
    functionOf: (name) => functions.find(name),
    taskDefinitionOf: (name) => findTaskDefinition(definitions, name),
    containers,
    topics: new Topics(join(dataDirectory, "outbox"), topicArns),
  };
  return { services, definitions };
}

function serveApi(
  api: OpenPort,
  { application, localize }: Surroundings,
  functions: Functions,
  pools: readonly UserPool[],
): void {
  const definition = httpApi(application, functions);
  const keySets = new Map(pools.map((pool) => [pool.issuer, { keys: [...pool.jwks().keys] }]));
  const distribution = distributionOf(application, localize);
  api.serve(
    createGateway({
      api: definition ?? { apiId: "none", routes: [] },
      functionOf: (name) => functions.find(name)!,
      keysOf: (issuer) => keySets.get(issuer),
      distribution: distribution && createDistribution(distribution, localize),
    }),
  );
}

function userPoolOf(pools: readonly UserPool[]): LocalStack["userPool"] {
  const [pool] = pools;
  const userPoolClientId = pool && firstClientOf(pool);
  return userPoolClientId === undefined ? undefined : { userPoolId: pool!.poolId, userPoolClientId };
}

function namesOf(application: Application): Record<string, string> {
  const kinds = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"];
  return Object.fromEntries(
    application.ofType(...kinds).map(({ stack, logicalId, ref }) => [`${stack}/${logicalId}`, ref]),
  );
}
