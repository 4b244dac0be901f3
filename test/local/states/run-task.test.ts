import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ContainerService } from "../../../local/ecs/container-service.ts";
import { loadPolicy } from "../../../local/iam/load-policy.ts";
import { FunctionPool } from "../../../local/lambda/function-pool.ts";
import { LogFile } from "../../../local/process/log-file.ts";
import { Topics } from "../../../local/sns/topics.ts";
import { taskHandler } from "../../../local/states/run-task.ts";
import type { Json, JsonObject } from "../../../local/template/json.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:behave";
const topicArn = "arn:aws:sns:us-east-1:000000000000:alerts";

function makeTasks(statement: object) {
  const folder = temporaryFolder();
  const log = new LogFile(join(folder, "log"));
  const pool = new FunctionPool(
    {
      name: "behave",
      arn,
      codeDirectory: join(import.meta.dirname, "..", "fixtures", "functions"),
      handler: "behave.handler",
      timeoutSeconds: 20,
      memoryMegabytes: 128,
      maxEnvironments: 1,
      variables: {},
    },
    log,
  );
  onTestFinished(() => pool.stop());
  const policies = [loadPolicy({ Version: "2012-10-17", Statement: [statement] })];
  const handler = taskHandler(
    { arn: "arn:aws:iam::000000000000:role/machine", policies },
    {
      functionOf: (name) => (name === arn ? pool : undefined),
      taskDefinitionOf: () => undefined,
      containers: new ContainerService(() => log),
      topics: new Topics(folder, [topicArn]),
    },
  );
  return (service: string, input: Json, signal = new AbortController().signal) =>
    handler({ Type: "Task", Resource: `arn:aws:states:::${service}` } satisfies JsonObject, input, signal);
}

const all = { Effect: "Allow", Action: "*", Resource: "*" };

test("a function's answer comes in the envelope of the service", async () => {
  const run = makeTasks(all);
  expect(await run("lambda:invoke", { FunctionName: arn, Payload: { a: 1 } })).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: "$LATEST",
    Payload: { event: { a: 1 } },
  });
});

test("a function's error has its own name, and Lambda's JSON as cause", async () => {
  const run = makeTasks(all);
  const failure = await run("lambda:invoke", { FunctionName: arn, Payload: { do: "throw" } }).catch((e: Error) => e);
  expect(failure).toMatchObject({ name: "RunNotFoundError" });
  expect(JSON.parse((failure as Error).message)).toMatchObject({
    errorType: "RunNotFoundError",
    errorMessage: "no such run",
  });
});

test("what the machine's role does not grant fails as on AWS", async () => {
  const run = makeTasks({ Effect: "Allow", Action: "dynamodb:*", Resource: "*" });
  await expect(run("lambda:invoke", { FunctionName: arn })).rejects.toMatchObject({
    name: "Lambda.AWSLambdaException",
    message: expect.stringContaining("lambda:InvokeFunction"),
  });
  await expect(run("sns:publish", { TopicArn: topicArn, Message: "m" })).rejects.toMatchObject({
    name: "SNS.AuthorizationErrorException",
  });
});

test("nobody waits for a function once its execution has ended", async () => {
  const run = makeTasks(all);
  const stop = new AbortController();
  const waiting = run(
    "lambda:invoke",
    { FunctionName: arn, Payload: { do: "sleep", milliseconds: 9_000 } },
    stop.signal,
  );
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ isRetryable: false, isCatchable: false });
});

test("a message is published with its fields", async () => {
  const run = makeTasks(all);
  expect(await run("sns:publish", { TopicArn: topicArn, Message: { run: 1 }, Subject: "Failed" })).toMatchObject({
    MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});
