import { expect, test } from "vitest";
import {
  type RateSample,
  rateOf,
  remainingSeconds,
  withSample,
} from "../../../../frontend/src/features/uploads/upload-rate.ts";

const sampled = (samples: readonly RateSample[]) =>
  samples.reduce<readonly RateSample[]>((kept, sample) => withSample(kept, sample), []);

test("the rate is bytes per second, and the remaining time follows from it", () => {
  const samples = sampled([
    { at: 0, bytes: 0 },
    { at: 2_000, bytes: 4_000 },
  ]);
  expect(rateOf(samples)).toBe(2_000);
  expect(remainingSeconds(10_000, rateOf(samples))).toBe(5);
});

test("nothing is promised before anything has arrived", () => {
  expect(rateOf([])).toBeUndefined();
  expect(rateOf([{ at: 0, bytes: 0 }])).toBeUndefined();
  expect(
    rateOf(
      sampled([
        { at: 0, bytes: 0 },
        { at: 900, bytes: 0 },
      ]),
    ),
  ).toBeUndefined();
  expect(remainingSeconds(10, undefined)).toBeUndefined();
});

test("only the last quarter of a minute counts, so that a change of speed shows", () => {
  const slow = Array.from({ length: 60 }, (_, second) => ({ at: second * 1_000, bytes: second * 10 }));
  const quick = Array.from({ length: 20 }, (_, second) => ({ at: (60 + second) * 1_000, bytes: 600 + second * 1_000 }));
  const samples = sampled([...slow, ...quick]);
  expect(samples.length).toBeLessThan(20);
  expect(rateOf(samples)).toBeCloseTo(1_000, 0);
});
