import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { DeadLetters } from "../../../local/events/dead-letters.ts";
import { EventBus, type EventRule } from "../../../local/events/event-bus.ts";
import { compilePattern } from "../../../local/events/pattern.ts";
import { scheduleInterval } from "../../../local/events/schedule.ts";
import { targetInput } from "../../../local/events/target-input.ts";
import type { Json } from "../../../local/template/json.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const quick = { firstPauseMilliseconds: 1, longestPauseMilliseconds: 2 };

function makeBus(rule: Partial<EventRule> & Pick<EventRule, "targets">) {
  const folder = temporaryFolder();
  const bus = new EventBus([{ name: "rule", arn: "arn:rule", ...rule }], new DeadLetters(folder), () => undefined);
  onTestFinished(() => bus.close());
  return { bus, folder };
}

test("an event reaches the targets of the rules that match, tried again until it is taken", async () => {
  const taken: Json[] = [];
  let failures = 2;
  const { bus, folder } = makeBus({
    matches: compilePattern({ source: ["aws.s3"] }),
    targets: [
      {
        arn: "arn:f",
        retry: { retries: 2, ...quick },
        deliver: async (event) => {
          if (failures-- > 0) throw new Error("busy");
          taken.push(event);
        },
      },
    ],
  });
  await bus.put({ source: "aws.s3", id: "1" });
  await bus.put({ source: "aws.ecs", id: "2" });
  expect(taken).toEqual([{ source: "aws.s3", id: "1" }]);
  expect(readdirSync(folder)).toEqual([]);
});

test("an event that no try delivers becomes a dead letter in the target's queue", async () => {
  const { bus, folder } = makeBus({
    matches: compilePattern({ id: ["1"] }),
    targets: [
      {
        arn: "arn:f",
        retry: { retries: 1, ...quick },
        deadLetterQueue: "arn:aws:sqs:us-east-1:0:failed",
        deliver: () => Promise.reject(new Error("table is gone")),
      },
    ],
  });
  await bus.put({ id: "1" });
  const [file] = readdirSync(join(folder, "failed"));
  expect(JSON.parse(readFileSync(join(folder, "failed", file!), "utf8"))).toMatchObject({
    event: { id: "1" },
    error: "table is gone",
    attempts: 2,
  });
});

test("a stop in mid-delivery gives the event back to the sender", async () => {
  const { bus } = makeBus({
    matches: compilePattern({ id: ["1"] }),
    targets: [
      {
        arn: "arn:f",
        retry: { retries: 9, firstPauseMilliseconds: 60_000, longestPauseMilliseconds: 60_000 },
        deliver: () => Promise.reject(new Error("busy")),
      },
    ],
  });
  const putting = bus.put({ id: "1" });
  await sleep(5);
  void bus.close();
  await expect(putting).rejects.toThrow("stopping");
});

test("a schedule fires at the start and then in its interval", async () => {
  let fired = 0;
  const { bus } = makeBus({
    everyMilliseconds: 10,
    targets: [{ arn: "arn:f", retry: { retries: 0, ...quick }, deliver: async () => void fired++ }],
  });
  bus.startSchedules();
  await expect.poll(() => fired).toBeGreaterThan(2);
});

test("intervals are read from rate(…) and nothing else", () => {
  expect(scheduleInterval("rate(1 minute)")).toBe(60_000);
  expect(scheduleInterval("rate(2 hours)")).toBe(7_200_000);
  expect(scheduleInterval("cron(0 12 * * ? *)")).toBeUndefined();
});

test("a target may get a part of the event, a constant or a filled template", () => {
  const event = { id: "e", detail: { object: { key: 'a"b', size: 3 } } };
  expect(targetInput({}, event)).toEqual(event);
  expect(targetInput({ InputPath: "$.detail.object" }, event)).toEqual(event.detail.object);
  expect(targetInput({ Input: '{"fixed":true}' }, event)).toEqual({ fixed: true });
  const InputTransformer = {
    InputPathsMap: { key: "$.detail.object.key", size: "$.detail.object.size", absent: "$.detail.none" },
    InputTemplate: '{"key": <key>, "text": "size of <key>: <size>", "size": <size>, "none": <absent>}',
  };
  expect(targetInput({ InputTransformer }, event)).toEqual({ key: 'a"b', text: 'size of a"b: 3', size: 3, none: null });
});
