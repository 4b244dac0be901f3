import { describe, expect, it } from "vitest";
import { distributionDistance } from "../../../../packages/ml/src/adapt/statistics/distribution-distance.ts";
import { rankCorrelations } from "../../../../packages/ml/src/adapt/statistics/rank-correlations.ts";
import { restValues, robustValues } from "../../../../packages/ml/src/adapt/statistics/robust-values.ts";
import { presentInOrder, weightedQuantiles } from "../../../../packages/ml/src/adapt/statistics/weighted-quantiles.ts";
import { weightedRanks } from "../../../../packages/ml/src/adapt/statistics/weighted-ranks.ts";

const gap = Number.NaN;
const column = Float32Array.of(4, gap, 1, 3, 2, 2);
const alike = new Float32Array(6).fill(1);

describe("statistics of a file's own rows", () => {
  it("a weight of two counts as two rows", () => {
    const twice = Float32Array.of(4, 4, gap, gap, 1, 3, 3, 2, 2);
    const weights = [2, 2, 1, 2, 1, 1];
    const shares = [0.1, 0.5, 0.9];
    expect(weightedQuantiles(column, weights, shares)).toEqual(
      weightedQuantiles(
        twice,
        twice.map(() => 1),
        shares,
      ),
    );
    expect(weightedRanks(column, weights)[3]).toBeCloseTo(
      weightedRanks(
        twice,
        twice.map(() => 1),
      )[5],
    );
  });

  it("ranks share ties, leave gaps and do not see a rising curve", () => {
    expect([...weightedRanks(column, alike)]).toEqual([0.9, gap, 0.1, 0.7, 0.4, 0.4].map(Math.fround));
    expect(weightedRanks(column.map(Math.exp), alike)).toEqual(weightedRanks(column, alike));
  });

  it("robust values do not see unit and base", () => {
    const values = Float32Array.from({ length: 41 }, (_, row) => row * row);
    const weights = values.map(() => 1);
    const others = values.map((value) => 8 * value - 1_024);
    expect(robustValues(others, weights)).toEqual(robustValues(values, weights));
    const order = presentInOrder(values);
    expect(restValues(others, order, weights)).toEqual(restValues(values, order, weights));
    expect(restValues(values, order, weights)[8]).toBeLessThan(0.2);
  });

  it("a column without spread stays finite", () => {
    const flat = new Float32Array(5).fill(7);
    for (const values of [robustValues(flat, flat), restValues(flat, presentInOrder(flat), flat)]) {
      expect([...values]).toEqual([0, 0, 0, 0, 0]);
    }
  });

  it("distance is 0 for a column and itself, 1 for columns apart, and weighs rows", () => {
    const ordered = (values: Float32Array, weights: ArrayLike<number>) => ({
      values,
      order: presentInOrder(values),
      weights,
    });
    const own = ordered(column, alike);
    expect(distributionDistance(own, own)).toBe(0);
    expect(
      distributionDistance(
        own,
        ordered(
          column.map((value) => value + 9),
          alike,
        ),
      ),
    ).toBe(1);
    const pair = Float32Array.of(0, 1);
    expect(distributionDistance(ordered(pair, [1, 1]), ordered(pair, [3, 1]))).toBeCloseTo(0.25);
    expect(distributionDistance(own, ordered(Float32Array.of(gap), [1]))).toBe(1);
  });

  it("correlations tell what rises and falls together", () => {
    const ranks = [0, 0.25, 0.5, 0.75, 1];
    const [, falling, , flat] = rankCorrelations(
      [ranks, [...ranks].reverse(), [0.5, 0.5, 0.5, 0.5, 0.5], ranks].map((values) => Float32Array.from(values)),
    );
    expect(falling).toBeCloseTo(-1);
    expect(flat).toBeCloseTo(1);
  });
});
