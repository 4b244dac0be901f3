import { adjustedMutualInformation } from "@systemhealer/ml/metrics/adjusted-mutual-information";
import { adjustedRand } from "@systemhealer/ml/metrics/adjusted-rand";
import { expect, it } from "vitest";

const one = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, -1, -1];
const other = [0, 0, 1, 1, 1, 1, 0, 2, 2, 2, 2, 5];

it("agreement of groupings is what scikit-learn says", () => {
  expect(adjustedRand(one, other)).toBeCloseTo(0.3662551440329218, 12);
  expect(adjustedMutualInformation(one, other)).toBeCloseTo(0.4063602667579512, 12);
});

it("agreement is 1 whatever the groups are called, and 0 where one grouping says nothing", () => {
  const renamed = one.map((group) => 7 - group);
  expect(adjustedRand(one, renamed)).toBe(1);
  expect(adjustedMutualInformation(one, renamed)).toBeCloseTo(1, 12);
  const same = one.map(() => 3);
  expect(adjustedRand(one, same)).toBeCloseTo(0, 12);
  expect(adjustedMutualInformation(one, same)).toBeCloseTo(0, 12);
});
