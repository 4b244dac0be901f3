import { expect, test } from "vitest";
import { sampleShapley } from "../../../packages/ml/src/explain/sampled-shapley.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

const row = Float32Array.of(1, 2, 3, 4, 5);
const background = new Float32Array(5);
const groups = [[0], [1], [2], [3, 4]];

function game(f: (values: Float32Array) => number) {
  const score = async (rows: Float32Array, count: number) =>
    Float64Array.from({ length: count }, (_, index) => f(rows.subarray(5 * index, 5 * index + 5)));
  return { row, background, groups, score };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

test("where contributions add up, one pair of orders finds them exactly", async () => {
  const linear = game(([a, b, c, d, e]) => 2 * a - b + 0.5 * c + d * e);
  const { base, score, values } = await sampleShapley(linear, 1, createRandom(1));
  expect(base).toBe(0);
  expect(score).toBe(21.5);
  expect(Array.from(values)).toEqual([2, -2, 1.5, 20]);
});

test("products are shared evenly between their factors, within the standard error that is told", async () => {
  const product = game(([a, b, c, d]) => a * b * c + d);
  const { values, standardErrors } = await sampleShapley(product, 200, createRandom(2));
  for (const group of [0, 1, 2]) {
    expect(standardErrors?.[group]).toBeLessThan(0.15);
    expect(Math.abs(values[group] - 2)).toBeLessThan(4 * (standardErrors?.[group] ?? 0));
  }
  expect(values[3]).toBeCloseTo(4, 10);
});

test("contributions add up to the difference of the scores, however few orders are drawn", async () => {
  const wild = game(([a, b, c, d, e]) => Math.sin(a * b + c) * d - Math.exp(a - e) * b);
  for (const pairs of [1, 2, 7]) {
    const { base, score, values } = await sampleShapley(wild, pairs, createRandom(pairs));
    expect(sum(values)).toBeCloseTo(score - base, 9);
  }
});

test("a row like the background has no contributions", async () => {
  const same = { ...game(([a]) => a), groups: [] };
  const { values, base, score } = await sampleShapley(same, 2, createRandom(3));
  expect([values.length, base, score]).toEqual([0, 1, 1]);
});
