import { Random } from "@systemhealer/simulator/random";
import { expect, test } from "vitest";

function moments(values: number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

test("the same seed and stream give the same numbers, other ones do not", () => {
  const numbers = (seed: number, stream: number) => {
    const random = new Random(seed, stream);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  expect(numbers(7, 1)).toEqual(numbers(7, 1));
  expect(numbers(7, 1)).not.toEqual(numbers(8, 1));
  expect(numbers(7, 1)).not.toEqual(numbers(7, 2));
  expect(numbers(7 + 2 ** 32, 1)).not.toEqual(numbers(7, 1));
});

test("uniform, normal and Poisson numbers have the mean and variance of their distribution", () => {
  const random = new Random(3);
  const draw = (next: () => number) => moments(Array.from({ length: 40_000 }, next));
  const uniform = draw(() => random.uniform());
  expect(uniform.mean).toBeCloseTo(0.5, 1);
  expect(uniform.variance).toBeCloseTo(1 / 12, 2);
  const normal = draw(() => random.normal());
  expect(normal.mean).toBeCloseTo(0, 1);
  expect(normal.variance).toBeCloseTo(1, 1);
  for (const mean of [0.3, 4, 90]) {
    const poisson = draw(() => random.poisson(mean));
    expect(Math.abs(poisson.mean / mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(poisson.variance / mean - 1)).toBeLessThan(0.06);
  }
});
