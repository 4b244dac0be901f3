import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { FunctionConfig } from "../../../local/lambda/function-config.ts";
import { FunctionPool, maxPayloadBytes } from "../../../local/lambda/function-pool.ts";
import { LogFile } from "../../../local/process/log-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const codeDirectory = join(import.meta.dirname, "..", "fixtures", "functions");

function makePool(changes: Partial<FunctionConfig> = {}) {
  const logPath = join(temporaryFolder(), "function.log");
  const config: FunctionConfig = {
    name: "behave",
    arn: "arn:aws:lambda:us-east-1:000000000000:function:behave",
    codeDirectory,
    handler: "behave.handler",
    timeoutSeconds: 20,
    memoryMegabytes: 256,
    maxEnvironments: 4,
    variables: { TABLE_NAME: "records" },
    ...changes,
  };
  const pool = new FunctionPool(config, new LogFile(logPath));
  onTestFinished(() => pool.stop());
  const call = async (event: object) => {
    const result = await pool.invoke(JSON.stringify(event));
    return { answer: JSON.parse(result.payload), error: result.functionError };
  };
  return { pool, call, logPath };
}

test("a warm environment answers one event after another", async () => {
  const { pool, call } = makePool();
  const first = await call({ run: 1 });
  const second = await call({ run: 2 });
  expect(first.answer).toMatchObject({ event: { run: 1 }, calls: 1 });
  expect(second.answer).toMatchObject({ event: { run: 2 }, calls: 2, pid: first.answer.pid });
  expect(pool.size).toBe(1);
});

test("events that come together get environments of their own, four at most", async () => {
  const { pool, call } = makePool();
  const answers = await Promise.all(Array.from({ length: 9 }, (_, run) => call({ run })));
  expect(answers.map(({ answer }) => answer.event.run)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(new Set(answers.map(({ answer }) => answer.pid)).size).toBe(4);
  expect(pool.size).toBe(4);
});

test("an environment sees the function's variables and none of the caller's", async () => {
  process.env.SECRET_OF_THE_LAPTOP = "secret";
  onTestFinished(() => {
    delete process.env.SECRET_OF_THE_LAPTOP;
  });
  const { call } = makePool();
  const { answer } = await call({ do: "environment" });
  expect(answer).toMatchObject({
    TABLE_NAME: "records",
    AWS_LAMBDA_FUNCTION_NAME: "behave",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    LAMBDA_TASK_ROOT: codeDirectory,
    _HANDLER: "behave.handler",
    cwd: codeDirectory,
  });
  expect(answer).not.toHaveProperty("SECRET_OF_THE_LAPTOP");
});

test("the context tells the request, the function and the time left", async () => {
  const { call } = makePool();
  const { answer } = await call({ do: "context" });
  expect(answer).toMatchObject({
    functionName: "behave",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:behave",
    memoryLimitInMB: "256",
  });
  expect(answer.awsRequestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.remaining).toBeGreaterThan(0);
  expect(answer.remaining).toBeLessThanOrEqual(20_000);
});

test("an error has the shape that Lambda gives it, and the environment lives on", async () => {
  const { call } = makePool();
  const { answer, error } = await call({ do: "throw" });
  expect(error).toBe("Unhandled");
  expect(answer).toMatchObject({ errorType: "RunNotFoundError", errorMessage: "no such run" });
  expect(answer.trace[0]).toBe("RunNotFoundError: no such run");
  expect((await call({})).answer.calls).toBe(2);
  expect((await call({ do: "throw-text" })).answer).toMatchObject({ errorType: "string", errorMessage: "plain text" });
});

test("a function over its time is ended and the next event gets a new environment", async () => {
  const { call } = makePool({ timeoutSeconds: 1 });
  const { answer, error } = await call({ do: "spin" });
  expect(error).toBe("Unhandled");
  expect(answer.errorType).toBe("Sandbox.Timedout");
  expect(answer.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
  expect((await call({})).answer.calls).toBe(1);
});

test.each([
  ["exit", "Runtime.ExitError", "Runtime exited with error: exit status 3"],
  ["reject-later", "Runtime.UnhandledPromiseRejection", "forgotten promise"],
])("a function that ends by %s is replaced", async (how, errorType, errorMessage) => {
  const { call } = makePool();
  expect((await call({ do: how })).answer).toMatchObject({ errorType, errorMessage });
  expect((await call({})).answer.calls).toBe(1);
});

test("a function that takes more memory than it has is ended", async () => {
  const { call } = makePool({ memoryMegabytes: 64 });
  const { answer } = await call({ do: "hoard" });
  expect(answer.errorType).toBe("Runtime.ExitError");
  expect((await call({})).answer.calls).toBe(1);
});

test("payloads over 6 MiB are refused on both ways", async () => {
  const { pool, call } = makePool();
  await expect(pool.invoke("x".repeat(maxPayloadBytes + 1))).rejects.toMatchObject({
    name: "RequestTooLargeException",
  });
  expect((await call({ do: "answer-bytes", bytes: 6 * 1024 * 1024 })).answer.errorType).toBe(
    "Function.ResponseSizeTooLarge",
  );
});

test("a handler that is not there is an error of every event", async () => {
  const missing = makePool({ handler: "absent.handler" });
  expect((await missing.call({})).answer.errorType).toBe("Runtime.ImportModuleError");
  expect((await missing.call({})).answer.errorType).toBe("Runtime.ImportModuleError");
  const nameless = makePool({ handler: "behave.absent" });
  expect((await nameless.call({})).answer.errorType).toBe("Runtime.HandlerNotFound");
});

test("a handler may answer by callback, or with nothing", async () => {
  const { call } = makePool({ handler: "behave.withCallback" });
  expect((await call({ a: 1 })).answer).toEqual({ given: { a: 1 } });
  const silent = makePool();
  expect((await silent.call({ do: "nothing" })).answer).toBeNull();
});

test("onnxruntime's native code works in several environments at once, again and again", async () => {
  const { call } = makePool();
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all([1, 2, 3].map(() => call({ do: "tensor" })));
    expect(answers.map(({ answer }) => answer)).toEqual([{ size: 6 }, { size: 6 }, { size: 6 }]);
  }
});

test("what a function prints is in its log", async () => {
  const { call, logPath } = makePool();
  await call({ do: "print", text: "read 3 rows" });
  await expect.poll(() => readFileSync(logPath, "utf8")).toContain("read 3 rows");
});

test("a stop fails what is under way and what waits", async () => {
  const { pool, call } = makePool({ maxEnvironments: 1 });
  await call({});
  const waiting = [call({ do: "sleep", milliseconds: 60_000 }), call({})];
  pool.stop();
  for (const { error } of await Promise.all(waiting)) expect(error).toBe("Unhandled");
  expect(pool.size).toBe(0);
});
