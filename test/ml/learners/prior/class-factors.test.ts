import { expect, it } from "vitest";
import { fitClassFactors } from "../../../../packages/ml/src/learners/prior/fit-class-factors.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";

/** Rows of known probabilities, drawn by them; class 1 is then told to be `share` times as likely. */
function rowsToldWrongly(count: number, share: number) {
  const random = createRandom(3);
  const told = new Float32Array(2 * count);
  const actual = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const truth = random.uniform();
    actual[row] = random.uniform() < truth ? 1 : 0;
    const odds = (share * truth) / (1 - truth);
    told[2 * row] = 1 / (1 + odds);
    told[2 * row + 1] = odds / (1 + odds);
  }
  return { told, actual };
}

it("a class that is told to be a quarter as likely as it is gets four times as much", () => {
  const { told, actual } = rowsToldWrongly(20_000, 0.25);
  const [other, one] = fitClassFactors(told, actual, 2);
  expect(one / other).toBeGreaterThan(3.7);
  expect(one / other).toBeLessThan(4.3);
});

it("what is right stays, and a handful of rows moves little", () => {
  const right = rowsToldWrongly(20_000, 1);
  const [other, one] = fitClassFactors(right.told, right.actual, 2);
  expect(one / other).toBeCloseTo(1, 1);
  const few = fitClassFactors(Float32Array.of(0.7, 0.3, 0.8, 0.2, 0.7, 0.3), Int32Array.of(1, 1, 1), 2);
  expect(few[1] / few[0]).toBeGreaterThan(1.2);
  expect(few[1] / few[0]).toBeLessThan(4);
});

it("classes that do not occur, or are ruled out, leave finite factors", () => {
  const factors = fitClassFactors(Float32Array.of(1, 0, 0, 1, 0, 0), Int32Array.of(0, 1), 3);
  expect([...factors].every((factor) => factor > 0 && factor < 100)).toBe(true);
  expect([...fitClassFactors(new Float32Array(0), new Int32Array(0), 2)]).toEqual([1, 1]);
});
