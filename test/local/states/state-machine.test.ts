import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { checkDefinition } from "../../../local/states/check-definition.ts";
import { TaskFailedError } from "../../../local/states/execution.ts";
import { ExecutionStore } from "../../../local/states/execution-store.ts";
import { StateMachine, type TaskHandler } from "../../../local/states/state-machine.ts";
import type { Json, JsonObject } from "../../../local/template/json.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const arn = "arn:aws:states:us-east-1:000000000000:stateMachine:machine";

function task(name: string, changes: JsonObject = {}): JsonObject {
  const Parameters = { FunctionName: name, "Payload.$": "$" };
  return { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters, ...changes };
}

/** Tasks are answered by functions of the test, by the name that the definition gives them. */
function makeMachine(
  definition: JsonObject,
  functions: Record<string, (payload: never, signal: AbortSignal) => Json | Promise<Json>>,
  folder = temporaryFolder(),
) {
  expect(checkDefinition(definition)).toEqual([]);
  const runTask: TaskHandler = async (_state, input, signal) => {
    const { FunctionName, Payload } = input as { FunctionName: string; Payload: never };
    return functions[FunctionName]!(Payload, signal);
  };
  const machine = new StateMachine({ name: "machine", arn, definition }, new ExecutionStore(folder), runTask);
  onTestFinished(() => machine.stop());
  const run = async (input: Json, name = "run-1") => {
    machine.start(name, JSON.stringify(input));
    const ended = (await machine.ended(name))!;
    return { ...ended, output: ended.output === undefined ? undefined : JSON.parse(ended.output) };
  };
  return { machine, run, folder };
}

function fail(error: string, cause = "no reason"): never {
  throw new TaskFailedError(error, cause);
}

test("results are placed by ResultPath, ResultSelector and OutputPath", async () => {
  const { run } = makeMachine(
    {
      StartAt: "Add",
      States: {
        Add: task("add", { ResultSelector: { "sum.$": "$.sum" }, ResultPath: "$.added", Next: "Whole" }),
        Whole: task("same", { ResultPath: "$", Next: "Part" }),
        Part: { Type: "Pass", OutputPath: "$.added", End: true },
      },
    },
    { add: ({ a, b }: { a: number; b: number }) => ({ sum: a + b, other: 1 }), same: (value: Json) => value },
  );
  expect(await run({ a: 1, b: 2 })).toMatchObject({ status: "SUCCEEDED", output: { sum: 3 } });
});

test("an execution whose end cannot be written, as on a full disk, has ended all the same and takes nothing with it", async () => {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const definition = { StartAt: "Work", States: { Work: task("work", { End: true }) } };
  const runTask: TaskHandler = async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "no folder any more");
    return "done";
  };
  const log = (line: string) => lines.push(line);
  const machine = new StateMachine({ name: "machine", arn, definition, log }, new ExecutionStore(folder), runTask);
  machine.start("run-1", "{}");
  expect(await machine.ended("run-1")).toMatchObject({ status: "SUCCEEDED", output: '"done"' });
  expect(lines).toEqual([expect.stringMatching(/^execution run-1 ended but is not kept: /)]);
});

test("a task is tried again as its Retry says, and then caught", async () => {
  let tries = 0;
  const { run } = makeMachine(
    {
      StartAt: "Try",
      States: {
        Try: task("flaky", {
          Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 0, MaxAttempts: 2 }],
          Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Record" }],
          End: true,
        }),
        Record: task("record", { End: true }),
      },
    },
    {
      flaky: () => {
        tries += 1;
        return fail("Busy", `try ${tries}`);
      },
      record: (input: Json) => ({ recorded: input }),
    },
  );
  expect((await run({ id: 7 })).output).toEqual({ recorded: { id: 7, error: { Error: "Busy", Cause: "try 3" } } });
  expect(tries).toBe(3);
});

test("an error that nothing catches fails the execution with its name and cause", async () => {
  const { run, machine } = makeMachine(
    {
      StartAt: "Only",
      States: {
        Only: task("broken", { Catch: [{ ErrorEquals: ["Other"], Next: "No" }], End: true }),
        No: { Type: "Fail" },
      },
    },
    { broken: () => fail("ValidationError", "row 3") },
  );
  expect(await run({})).toMatchObject({ status: "FAILED", error: "ValidationError", cause: "row 3" });
  expect(machine.get("run-1")!.history.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "TaskFailed",
    "ExecutionFailed",
  ]);
});

test("a Fail state gives the execution its error", async () => {
  const { run } = makeMachine({ StartAt: "F", States: { F: { Type: "Fail", Error: "Stop", Cause: "asked" } } }, {});
  expect(await run({})).toMatchObject({ status: "FAILED", error: "Stop", cause: "asked" });
});

function mapOf(item: JsonObject, changes: JsonObject = {}): JsonObject {
  return {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemsPath: "$.items",
        MaxConcurrency: 2,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Item",
          States: { Item: item },
        },
        End: true,
        ...changes,
      },
    },
  };
}

test("a Map keeps the order of its items and never runs more at once than MaxConcurrency", async () => {
  let running = 0;
  let most = 0;
  const { run } = makeMachine(mapOf(task("double", { End: true })), {
    double: async (n: number) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(5 * (6 - n));
      running -= 1;
      return 2 * n;
    },
  });
  expect((await run({ items: [1, 2, 3, 4, 5] })).output).toEqual([2, 4, 6, 8, 10]);
  expect(most).toBe(2);
});

test("an ItemSelector sees the item, its index and the execution", async () => {
  const selector = {
    "run.$": "$.run",
    "index.$": "$$.Map.Item.Index",
    "item.$": "$$.Map.Item.Value",
    "name.$": "$$.Execution.Name",
  };
  const { run } = makeMachine(mapOf(task("same", { End: true }), { ItemSelector: selector }), { same: (v: Json) => v });
  expect((await run({ run: "r", items: ["x"] })).output).toEqual([{ run: "r", index: 0, item: "x", name: "run-1" }]);
});

test("when one item of a Map fails, those under way are told and those that wait are not begun", async () => {
  const begun: number[] = [];
  let told = 0;
  const { run } = makeMachine(mapOf(task("shard", { End: true })), {
    shard: async (n: number, signal: AbortSignal) => {
      begun.push(n);
      if (n === 1) return fail("ShardError");
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      told += 1;
      return n;
    },
  });
  expect(await run({ items: Array.from({ length: 50 }, (_, index) => index + 1) })).toMatchObject({
    status: "FAILED",
    error: "ShardError",
  });
  expect(begun.length).toBeLessThanOrEqual(5);
  expect(told).toBe(begun.length - 1);
});

test("a task over its time fails with States.Timeout and is told", async () => {
  let told = false;
  const { run } = makeMachine(
    { StartAt: "Slow", States: { Slow: task("slow", { TimeoutSeconds: 1, End: true }) } },
    {
      slow: (_: never, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            told = true;
            resolve(null);
          });
        }),
    },
  );
  expect(await run({})).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  expect(told).toBe(true);
});

test("an execution over its time is TIMED_OUT and its task is told", async () => {
  let told = false;
  const { run } = makeMachine(
    { TimeoutSeconds: 1, StartAt: "Slow", States: { Slow: task("slow", { End: true }) } },
    {
      slow: (_: never, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            told = true;
            resolve(null);
          });
        }),
    },
  );
  expect(await run({})).toMatchObject({ status: "TIMED_OUT" });
  expect(told).toBe(true);
});

test("a stopped execution is ABORTED with its cause once its task has ended", async () => {
  let ended = false;
  const { machine } = makeMachine(
    { StartAt: "Train", States: { Train: task("train", { Retry: [{ ErrorEquals: ["States.ALL"] }], End: true }) } },
    {
      train: async (_: never, signal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        await sleep(20);
        ended = true;
        return fail("Killed");
      },
    },
  );
  machine.start("run-1", "{}");
  await sleep(10);
  await machine.abort("run-1", { status: "ABORTED", cause: "cancelled by a user" });
  expect(ended).toBe(true);
  expect(machine.get("run-1")).toMatchObject({ status: "ABORTED", cause: "cancelled by a user" });
});

test("no payload may be over 256 KiB, and nothing catches that", async () => {
  const states = (name: string): JsonObject => ({
    StartAt: "Big",
    States: {
      Big: task(name, { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }], Next: "After" }),
      After: { Type: "Pass", End: true },
      Caught: { Type: "Pass", End: true },
    },
  });
  const big = makeMachine(states("big"), { big: () => "x".repeat(256 * 1024) });
  expect(await big.run({})).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  const grown = makeMachine(mapOf(task("part", { End: true }), { MaxConcurrency: 0 }), {
    part: () => "x".repeat(100 * 1024),
  });
  expect(await grown.run({ items: [1, 2, 3] })).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});

test("a choice may ask that a field is not there", async () => {
  const { run } = makeMachine(
    {
      StartAt: "Which",
      States: {
        Which: {
          Type: "Choice",
          Choices: [
            {
              And: [
                { Variable: "$.followUp", IsPresent: true },
                { Not: { Variable: "$.followUp", StringEquals: "none" } },
              ],
              Next: "Follow",
            },
            { Variable: "$.followUp", IsPresent: false, Next: "Absent" },
          ],
          Default: "None",
        },
        Follow: { Type: "Pass", Result: "follow", End: true },
        Absent: { Type: "Pass", Result: "absent", End: true },
        None: { Type: "Pass", Result: "none", End: true },
      },
    },
    {},
  );
  expect((await run({ followUp: "train" }, "a")).output).toBe("follow");
  expect((await run({}, "b")).output).toBe("absent");
  expect((await run({ followUp: "none" }, "c")).output).toBe("none");
});

test("executions outlive a restart; one that was running has failed", async () => {
  const definition = { StartAt: "Only", States: { Only: task("wait", { End: true }) } };
  const { machine, run, folder } = makeMachine(definition, {
    wait: (input: Json, signal) =>
      input === "now" ? "done" : new Promise((resolve) => signal.addEventListener("abort", () => resolve(null))),
  });
  await run("now", "done");
  machine.start("open", '"later"');
  const after = new ExecutionStore(folder);
  expect(after.get("done")).toMatchObject({ status: "SUCCEEDED", output: '"done"' });
  expect(after.get("open")).toMatchObject({ status: "FAILED", cause: "the local stack stopped" });
});
