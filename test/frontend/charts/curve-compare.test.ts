import { expect, test } from "vitest";
import { compareCurves } from "../../../frontend/src/charts/curve-compare.ts";

const point = (epoch: number, validationMacroF1: number) => ({
  epoch,
  trainLoss: 1,
  validationLoss: 1,
  validationMacroF1,
});

test("curves of different lengths end at the same place", () => {
  const models = [
    { name: "short", curve: [point(1, 0.2), point(2, 0.4)] },
    { name: "long", curve: [point(100, 0.5), point(400, 0.9)] },
  ];
  const [short, long] = compareCurves(models, "validationMacroF1");
  expect(short!.data).toEqual([
    { x: 50, y: 0.2 },
    { x: 100, y: 0.4 },
  ]);
  expect(long!.data.at(-1)).toEqual({ x: 100, y: 0.9 });
});

test("a model without a curve is a line without points", () => {
  expect(compareCurves([{ name: "none", curve: [] }], "trainLoss")).toEqual([{ id: "none", data: [] }]);
});
