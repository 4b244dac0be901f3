import { dailyFactor, LoadGenerator } from "@systemhealer/simulator/load";
import { Random } from "@systemhealer/simulator/random";
import { expect, test } from "vitest";

const hour = 3_600;

test("the day has its trough at four in the morning and its peak at four in the afternoon", () => {
  expect(dailyFactor(4 * hour)).toBeCloseTo(0.65);
  expect(dailyFactor(16 * hour)).toBeCloseTo(1.35);
  expect(dailyFactor(40 * hour)).toBeCloseTo(1.35);
});

test("over a day the load is near its base, bursts and all, and the write share stays a share", () => {
  const load = new LoadGenerator(new Random(1), 1_000);
  let sum = 0;
  let most = 0;
  const steps = 17_280;
  for (let step = 0; step < steps; step++) {
    const { requestsPerSecond, writeShare } = load.next(step * 5, 5);
    sum += requestsPerSecond;
    most = Math.max(most, requestsPerSecond);
    expect(writeShare).toBeGreaterThan(0.05);
    expect(writeShare).toBeLessThan(0.65);
  }
  expect(sum / steps).toBeGreaterThan(900);
  expect(sum / steps).toBeLessThan(1_200);
  expect(most).toBeGreaterThan(1_600);
});
