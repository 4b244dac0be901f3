import { expect, it } from "vitest";
import { openBudget } from "../../../packages/ml/src/auto/time-budget.ts";

const untilEnded = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));

it("a computation beyond the budget is ended, and that is told as such", async () => {
  const budget = openBudget(0.001);
  await expect(budget.bounded(undefined, untilEnded)).rejects.toMatchObject({
    name: "FitError",
    code: "out-of-time",
    parameters: { seconds: 0.001 },
  });
  expect(budget.affords(0)).toBe(false);
});

it("a computation that the caller ends has the caller's reason, and one that fails its own", async () => {
  const end = new AbortController();
  const work = openBudget(600).bounded(end.signal, untilEnded);
  end.abort(new Error("not wanted any more"));
  await expect(work).rejects.toThrow("not wanted any more");
  const failing = () => Promise.reject(new RangeError("a fault"));
  await expect(openBudget(600).bounded(undefined, failing)).rejects.toThrow("a fault");
});

it("what takes longer than is left is not afforded; without a limit everything is", async () => {
  const hour = openBudget(3_600);
  expect([hour.affords(3_000), hour.affords(3_601)]).toEqual([true, false]);
  const unlimited = openBudget(0);
  expect(unlimited.affords(1e9)).toBe(true);
  await expect(unlimited.bounded(undefined, async (signal) => signal)).resolves.toBeUndefined();
});
