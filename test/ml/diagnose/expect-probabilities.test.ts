import { expect, it } from "vitest";
import { expectProbabilities } from "../../../packages/ml/src/diagnose/expect-probabilities.ts";

it("lets probabilities pass, as many rows as were asked", () => {
  expect(() => expectProbabilities(Float32Array.of(0.25, 0.75, 1, 0, 9, 9), 2, 2)).not.toThrow();
});

it.each([
  ["no number", [Number.NaN, 1]],
  ["an infinite one", [Number.POSITIVE_INFINITY, 0]],
  ["a negative one", [-0.5, 1.5]],
  ["some that add up to more than 1", [0.9, 0.9]],
  ["nothing for any class", [0, 0]],
])("refuses %s", (_, answer) => {
  const refusing = () => expectProbabilities(Float32Array.of(0.5, 0.5, ...answer), 2, 2);
  expect(refusing).toThrow(expect.objectContaining({ code: "model-unusable", problem: "bad-probabilities" }));
});
