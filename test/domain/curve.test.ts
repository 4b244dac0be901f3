import { maxCurvePoints } from "@systemhealer/contract/run";
import { thinCurve } from "@systemhealer/domain/curve";
import fc from "fast-check";
import { expect, test } from "vitest";

const point = (epoch: number) => ({ epoch, trainLoss: 1 / epoch, validationLoss: 1, validationMacroF1: 0.5 });
const curve = (epochs: number) => Array.from({ length: epochs }, (_, index) => point(index + 1));

test("a thinned curve keeps its ends, its order and at most as many points as a run may have", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), (epochs) => {
      const kept = thinCurve(curve(epochs)).map(({ epoch }) => epoch);
      expect(kept.length).toBe(Math.min(epochs, maxCurvePoints));
      expect([kept[0], kept.at(-1)]).toEqual([1, epochs]);
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
    }),
    { numRuns: 50 },
  );
});

test("points that are no numbers are left out", () => {
  expect(thinCurve([point(1), { ...point(2), trainLoss: Number.NaN }, point(3)]).map(({ epoch }) => epoch)).toEqual([
    1, 3,
  ]);
});
