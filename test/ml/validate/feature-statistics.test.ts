import { expect, test } from "vitest";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { FeatureStatistics } from "../../../packages/ml/src/validate/feature-statistics.ts";

function profileOf(values: readonly number[]) {
  const statistics = new FeatureStatistics(1);
  for (const value of values) statistics.add(Float64Array.of(value));
  return statistics.profiles(["a"])[0];
}

test("a short column is described exactly", () => {
  const { quantiles, ...others } = profileOf([4, 1, Number.NaN, 3, 2, Number.NaN]);
  expect(others).toEqual({
    name: "a",
    missing: 2,
    min: 1,
    max: 4,
    mean: 2.5,
    standardDeviation: Math.sqrt(5 / 3),
    constant: false,
  });
  for (const [i, value] of [1.03, 1.75, 2.5, 3.25, 3.97].entries()) expect(quantiles![i]).toBeCloseTo(value, 12);
});

test("one number, equal numbers and none at all are constant", () => {
  expect(profileOf([0.1])).toMatchObject({ mean: 0.1, standardDeviation: 0, constant: true });
  expect(profileOf(new Array(1_000).fill(0.1))).toMatchObject({ mean: 0.1, standardDeviation: 0, constant: true });
  expect(profileOf([Number.NaN])).toEqual({
    name: "a",
    missing: 1,
    min: null,
    max: null,
    mean: null,
    standardDeviation: null,
    quantiles: null,
    constant: true,
  });
});

test("small differences of large numbers are kept", () => {
  const profile = profileOf([1e17, 1e17 + 16, 1e17 + 32]);
  expect(profile.mean! - 1e17).toBe(16);
  expect(profile.standardDeviation).toBe(16);
});

test("moments do not depend on the first number, nor on the block in which a number stands", () => {
  const random = createRandom(3);
  const values = Array.from({ length: 5_000 }, () => 1e6 + random.uniform());
  const mean = values.reduce((sum, value) => sum + (value - 1e6), 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - 1e6 - mean) ** 2, 0);
  const profile = profileOf(values);
  expect(profile.mean! - 1e6).toBeCloseTo(mean, 8);
  expect(profile.standardDeviation).toBeCloseTo(Math.sqrt(squares / 4_999), 8);
  const withOutlier = profileOf([1e17, ...values]);
  expect(withOutlier.mean! / (1e17 / 5_001 + 1e6)).toBeCloseTo(1, 10);
  expect(withOutlier.standardDeviation! / (1e17 / Math.sqrt(5_001))).toBeCloseTo(1, 8);
});

test("the largest numbers have a finite deviation", () => {
  const most = 3.4028234663852886e38;
  const { mean, standardDeviation, quantiles } = profileOf([most, -most]);
  expect(mean).toBe(0);
  expect(standardDeviation).toBeCloseTo(most * Math.SQRT2, -30);
  expect(quantiles!.every(Number.isFinite)).toBe(true);
});

test("quantiles of a long column are within four percentage points of rank, and always the same", () => {
  const random = createRandom(7);
  const values = Array.from({ length: 200_000 }, () => random.uniform());
  // Rising, so that a sample that favoured either end would show.
  values.sort((a, b) => a - b);
  const { quantiles } = profileOf(values);
  const bounds = [0.01, 0.04, 0.04, 0.04, 0.01];
  [0.01, 0.25, 0.5, 0.75, 0.99].forEach((share, i) => {
    expect(Math.abs(quantiles![i] - share)).toBeLessThan(bounds[i]);
  });
  expect(profileOf(values).quantiles).toEqual(quantiles);
});

test("a row is held at the ends of float32, and loses the sign of its zeros", () => {
  const row = Float64Array.of(Number.POSITIVE_INFINITY, -1e300, -0, Number.NaN, 1);
  new FeatureStatistics(5).add(row);
  expect([...row]).toEqual([3.4028234663852886e38, -3.4028234663852886e38, 0, Number.NaN, 1]);
});

test("features are described apart", () => {
  const statistics = new FeatureStatistics(3);
  for (let i = 0; i < 100; i++) statistics.add(Float64Array.of(i, i % 2 === 0 ? Number.NaN : -i, 5));
  const [a, b, c] = statistics.profiles(["a", "b", "c"]);
  expect([a.max, b.max, c.max]).toEqual([99, -1, 5]);
  expect([a.missing, b.missing, c.missing]).toEqual([0, 50, 0]);
  expect(statistics.missingCells).toBe(50);
  expect(b.quantiles![2]).toBe(-50);
});
