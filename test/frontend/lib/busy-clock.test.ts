import { expect, test } from "vitest";
import { BusyClock } from "../../../frontend/src/lib/busy-clock.ts";

test("the call that has waited longest is spoken of, not one after the other", () => {
  const clock = new BusyClock();
  clock.start("slow", 0);
  clock.start("quick", 900);
  expect(clock.longestWait(1_000)).toBe(1_000);
  clock.end("slow");
  expect(clock.longestWait(1_000)).toBe(100);
  clock.end("quick");
  expect(clock.isIdle).toBe(true);
  expect(clock.longestWait(5_000)).toBe(0);
});

test("a call that is noted twice has begun once", () => {
  const clock = new BusyClock();
  clock.start("call", 0);
  clock.start("call", 500);
  expect(clock.longestWait(1_000)).toBe(1_000);
});

test("a call counts until it is answered or refused", async () => {
  const clock = new BusyClock();
  let now = 0;
  let refuse = (_: Error) => {};
  const called = clock.during(
    () => new Promise((_, reject) => (refuse = reject)),
    () => now,
  );
  now = 4_000;
  expect(clock.longestWait(now)).toBe(4_000);
  refuse(new Error("no answer"));
  await expect(called).rejects.toThrow("no answer");
  expect(clock.isIdle).toBe(true);
});
