import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalStack } from "../../local/local-stack.ts";
import { DataFolderInUseError } from "../../local/process/lock-file.ts";
import { startLocalStack } from "../../local/stack.ts";
import { demoUser } from "../../local/start/demo-user.ts";
import { signIn } from "../../local/start/sign-in.ts";

const folder = mkdtempSync(join(tmpdir(), "systemhealer-stack-"));
const assemblyDirectory = join(folder, "assembly");
const dataDirectory = join(folder, "data");
const ports = { api: 0, s3: 0, aws: 0 };
let stack: LocalStack;
let token: () => Promise<string>;

beforeAll(async () => {
  const script = join(import.meta.dirname, "fixtures", "synthesize.mjs");
  const { status, stderr } = spawnSync(process.execPath, ["--no-warnings", script, assemblyDirectory]);
  if (status !== 0) throw new Error(stderr.toString());
  stack = await startLocalStack({ dataDirectory, assemblyDirectory, ports });
  token = await signIn(stack, await demoUser(stack, dataDirectory));
}, 90_000);

afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function sdk(endpoint: string = stack.urls.aws) {
  return { region: stack.region, endpoint, credentials: { ...stack.credentials } };
}

function resource(name: string): string {
  return Object.entries(stack.resources).find(([id]) => id.includes(name))![1];
}

const machineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:test-work-Training";
function machine(): string {
  const [name] = readdirSync(join(dataDirectory, "executions"));
  expect(`arn:aws:states:us-east-1:000000000000:stateMachine:${name}`).toContain(machineArn);
  return `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
}

async function call(what: string, body: object = {}, bearer?: string) {
  const response = await fetch(`${stack.urls.api}/do/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer ?? (await token())}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { done?: never; error?: string; message?: string };
  return { status: response.status, ...answer };
}

async function item(pk: string) {
  const { Item } = await new DynamoDBClient(sdk()).send(
    new GetItemCommand({ TableName: resource("Records"), Key: { pk: { S: pk } }, ConsistentRead: true }),
  );
  return Item;
}

async function ended(executionArn: string) {
  const client = new SFNClient(sdk());
  return expect
    .poll(() => client.send(new DescribeExecutionCommand({ executionArn })), { timeout: 15_000, interval: 50 })
    .not.toMatchObject({ status: "RUNNING" })
    .then(() => client.send(new DescribeExecutionCommand({ executionArn })));
}

test("a user who signed in reaches a function, with the claims of the token; nobody else does", async () => {
  expect(await call("claims")).toMatchObject({
    status: 200,
    done: { email: "demo@systemhealer.local", "cognito:groups": "[admin]" },
  });
  expect(await call("claims", {}, "nonsense")).toMatchObject({ status: 401, message: "Unauthorized" });
});

test("a function does what its role grants, and gets AWS's refusal for the rest", async () => {
  expect(await call("put", { id: "record-1" })).toMatchObject({ status: 200, done: { pk: { S: "record-1" } } });
  const refused = await call("remove", { id: "record-1" });
  expect(refused).toMatchObject({ status: 500, error: "AccessDeniedException" });
  expect(refused.message).toContain("is not authorized to perform: dynamodb:DeleteItem");
});

test("an object that arrives starts its function once, through the bus", async () => {
  const objects = new S3Client(sdk(stack.urls.s3));
  await objects.send(new PutObjectCommand({ Bucket: resource("Files"), Key: "uploads/a.csv", Body: "a,b\n1,2\n" }));
  await objects.send(new PutObjectCommand({ Bucket: resource("Files"), Key: "other/a.csv", Body: "x" }));
  await expect.poll(() => item("object uploads/a.csv"), { timeout: 10_000 }).toMatchObject({ seen: { N: "1" } });
  expect(await item("object other/a.csv")).toBeUndefined();
  expect(await call("read", { key: "uploads/a.csv" })).toMatchObject({ done: { text: "a,b\n1,2\n" } });
  expect(await call("read", { key: "other/a.csv" })).toMatchObject({ error: "AccessDenied" });
});

test("a dropped object starts the state machine of its rule", async () => {
  const objects = new S3Client(sdk(stack.urls.s3));
  await objects.send(new PutObjectCommand({ Bucket: resource("Files"), Key: "drops/a.csv", Body: "x" }));
  const client = new SFNClient(sdk());
  const list = () => client.send(new ListExecutionsCommand({ stateMachineArn: machine() }));
  await expect.poll(list, { timeout: 10_000 }).toMatchObject({
    executions: expect.arrayContaining([expect.objectContaining({ name: expect.stringMatching(/^event_/) })]),
  });
});

test("a schedule fires once at the start", async () => {
  await expect.poll(() => item("schedule"), { timeout: 10_000 }).toMatchObject({ seen: { N: "1" } });
});

test("an index answers the operator", async () => {
  const { Items } = await new DynamoDBClient(sdk()).send(
    new QueryCommand({
      TableName: resource("Records"),
      IndexName: "by-status",
      KeyConditionExpression: "statusPk = :status",
      ExpressionAttributeValues: { ":status": { S: "counted" } },
    }),
  );
  expect(Items!.length).toBeGreaterThan(0);
});

test("requests without a good signature are refused", async () => {
  const wrong = { ...sdk(), credentials: { ...stack.credentials, secretAccessKey: "wrong" } };
  const get = new GetItemCommand({ TableName: resource("Records"), Key: { pk: { S: "x" } } });
  await expect(new DynamoDBClient(wrong).send(get)).rejects.toMatchObject({ name: "InvalidSignatureException" });
  const unknown = { ...sdk(), credentials: { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" } };
  await expect(
    new SFNClient(unknown).send(new ListExecutionsCommand({ stateMachineArn: machine() })),
  ).rejects.toMatchObject({
    name: "UnrecognizedClientException",
  });
  const unsigned = await fetch(stack.urls.aws, {
    method: "POST",
    headers: { "x-amz-target": "DynamoDB_20120810.ListTables", "content-type": "application/x-amz-json-1.0" },
    body: "{}",
  });
  expect([unsigned.status, ((await unsigned.json()) as { __type: string }).__type]).toEqual([
    400,
    "MissingAuthenticationTokenException",
  ]);
});

test("a published message is in the outbox", async () => {
  expect(await call("alert", { text: "run-7 failed" })).toMatchObject({ status: 200 });
  const [topic] = readdirSync(join(dataDirectory, "outbox"));
  const [file] = readdirSync(join(dataDirectory, "outbox", topic!));
  expect(JSON.parse(readFileSync(join(dataDirectory, "outbox", topic!, file!), "utf8"))).toMatchObject({
    subject: "Alert",
    message: "run-7 failed",
  });
});

test("a machine runs a container and a function; its result and history can be read", async () => {
  const input = { mode: "succeed", runId: "run-good" };
  const { done } = (await call("train", input)) as unknown as { done: { executionArn: string } };
  const execution = await ended(done.executionArn);
  expect(execution).toMatchObject({ status: "SUCCEEDED", name: "run-good", output: JSON.stringify(input) });
  const { events } = await new SFNClient(sdk()).send(
    new GetExecutionHistoryCommand({ executionArn: done.executionArn }),
  );
  expect(events!.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "TaskStateExited",
    "TaskStateEntered",
    "TaskStateExited",
    "ExecutionSucceeded",
  ]);
});

test("a container that fails is caught with the cause that ECS gives", async () => {
  const { done } = (await call("train", { mode: "fail", runId: "run-bad" })) as unknown as {
    done: { executionArn: string };
  };
  const { output } = await ended(done.executionArn);
  const { failed } = JSON.parse(output!) as { failed: { Error: string; Cause: string } };
  expect(failed.Error).toBe("States.TaskFailed");
  expect(JSON.parse(failed.Cause)).toMatchObject({
    Containers: [{ ExitCode: 7, Name: "trainer" }],
    StopCode: "EssentialContainerExited",
  });
});

test("one name starts one execution; to stop it ends its container", async () => {
  const client = new SFNClient(sdk());
  const start = (mode: string) =>
    client.send(
      new StartExecutionCommand({
        stateMachineArn: machine(),
        name: "run-long",
        input: JSON.stringify({ mode, runId: "run-long" }),
      }),
    );
  const first = await start("spin");
  expect((await start("spin")).executionArn).toBe(first.executionArn);
  await expect(start("succeed")).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  const pid = await trainerPid(dataDirectory);
  await client.send(new StopExecutionCommand({ executionArn: first.executionArn!, cause: "cancelled" }));
  expect(await ended(first.executionArn!)).toMatchObject({ status: "ABORTED", cause: "cancelled" });
  expect(isAlive(pid)).toBe(false);
  await expect(start("spin")).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
});

test("a second stack on the same data folder is refused", async () => {
  await expect(startLocalStack({ dataDirectory, assemblyDirectory, ports })).rejects.toThrow(DataFolderInUseError);
});

test("a stack that is started again finds everything", async () => {
  const before = stack;
  await stack.stop();
  stack = await startLocalStack({ dataDirectory, assemblyDirectory, ports });
  expect(stack.resources).toEqual(before.resources);
  expect(stack.credentials.secretAccessKey).toBe(before.credentials.secretAccessKey);
  expect(await item("record-1")).toEqual({ pk: { S: "record-1" } });
  const good = `${machine().replace(":stateMachine:", ":execution:")}:run-good`;
  expect(await ended(good)).toMatchObject({ status: "SUCCEEDED" });
  token = await signIn(stack, await demoUser(stack, dataDirectory));
  expect(await call("claims")).toMatchObject({ status: 200 });
});

test("when the stack is killed in mid-training, its container ends and the next start fails the run", async () => {
  const killedData = join(folder, "killed");
  const script = join(import.meta.dirname, "fixtures", "run-stack.ts");
  const child = spawn(process.execPath, ["--no-warnings", script, assemblyDirectory, killedData], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const running = JSON.parse(line.toString()) as LocalStack;
  const { executionArn } = await new SFNClient({
    region: running.region,
    endpoint: running.urls.aws,
    credentials: { ...running.credentials },
  }).send(
    new StartExecutionCommand({ stateMachineArn: machine(), name: "run-1", input: '{"mode":"spin","runId":"run-1"}' }),
  );
  const pid = await trainerPid(killedData);
  child.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);

  const next = await startLocalStack({ dataDirectory: killedData, assemblyDirectory, ports });
  const client = new SFNClient({ region: next.region, endpoint: next.urls.aws, credentials: next.credentials });
  const execution = await client.send(new DescribeExecutionCommand({ executionArn: executionArn! }));
  await next.stop();
  expect(execution).toMatchObject({ status: "FAILED", cause: "the local stack stopped" });
});

async function trainerPid(data: string): Promise<number> {
  const logs = join(data, "logs");
  const read = (): string => {
    const file = readdirSync(logs).find((name) => name.includes("Trainer"));
    return file === undefined ? "" : readFileSync(join(logs, file), "utf8");
  };
  await expect.poll(read, { timeout: 10_000 }).toMatch(/spinning \d+/);
  return Number(/spinning (\d+)\s*$/.exec(read())![1]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
