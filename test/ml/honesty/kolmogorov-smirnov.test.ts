import { expect, it } from "vitest";
import { kolmogorovSmirnovProbability, kolmogorovTail } from "../../../packages/ml/src/honesty/kolmogorov-smirnov.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

it("has the critical values of Kolmogorov's tables", () => {
  expect(kolmogorovTail(1.2238)).toBeCloseTo(0.1, 4);
  expect(kolmogorovTail(1.3581)).toBeCloseTo(0.05, 4);
  expect(kolmogorovTail(1.6276)).toBeCloseTo(0.01, 4);
  expect(kolmogorovTail(0.5)).toBeCloseTo(0.963945, 6);
  expect(kolmogorovTail(0)).toBe(1);
  expect(kolmogorovTail(40)).toBe(0);
});

it("its two series meet", () => {
  expect(kolmogorovTail(1.18 - 1e-9)).toBeCloseTo(kolmogorovTail(1.18 + 1e-9), 7);
});

it("says nothing of empty samples", () => {
  expect(kolmogorovSmirnovProbability(1, 0, 100)).toBe(1);
});

it.each([30, 100, 1_000])("is below 0.05 for about one pair of equal origin in twenty, of %i numbers", (count) => {
  const random = createRandom(count);
  let alarms = 0;
  const pairs = 400;
  for (let pair = 0; pair < pairs; pair++) {
    const first = Float64Array.from({ length: count }, () => random.uniform()).sort();
    const second = Float64Array.from({ length: 2 * count }, () => random.uniform()).sort();
    if (kolmogorovSmirnovProbability(distance(first, second), count, 2 * count) <= 0.05) alarms++;
  }
  expect(alarms / pairs).toBeGreaterThan(0.015);
  expect(alarms / pairs).toBeLessThan(0.085);
});

function distance(first: Float64Array, second: Float64Array): number {
  let largest = 0;
  for (let i = 0, j = 0; i < first.length && j < second.length; ) {
    if (first[i] <= second[j]) i++;
    else j++;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return largest;
}
