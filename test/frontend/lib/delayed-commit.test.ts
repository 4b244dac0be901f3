import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { commitLater } from "../../../frontend/src/lib/delayed-commit.ts";

test("what is undone in time is not done", async () => {
  let done = 0;
  const delayed = commitLater(() => done++, 20);
  expect(delayed.undo()).toBe(true);
  await sleep(60);
  expect(done).toBe(0);
});

test("what is not undone is done once, and is too late to undo", async () => {
  let done = 0;
  const delayed = commitLater(() => done++, 5);
  await sleep(60);
  expect(done).toBe(1);
  expect(delayed.undo()).toBe(false);
});
