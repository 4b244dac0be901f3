import { expect, test } from "vitest";
import { curveSeries, pointCount } from "../../../frontend/src/charts/curve-series.ts";

const curve = [
  { epoch: 1, trainLoss: 2, validationLoss: 2.5, validationMacroF1: 0.1 },
  { epoch: 2, trainLoss: 1, validationLoss: Number.NaN, validationMacroF1: 0.4 },
];

test("a curve becomes one line per measure, over the epochs", () => {
  const series = curveSeries(curve, { trainLoss: "training", validationMacroF1: "score" });
  expect(series).toEqual([
    {
      id: "training",
      data: [
        { x: 1, y: 2 },
        { x: 2, y: 1 },
      ],
    },
    {
      id: "score",
      data: [
        { x: 1, y: 0.1 },
        { x: 2, y: 0.4 },
      ],
    },
  ]);
  expect(pointCount(series)).toBe(4);
});

test("a line passes over what is no number", () => {
  expect(curveSeries(curve, { validationLoss: "validation" })[0]!.data).toEqual([{ x: 1, y: 2.5 }]);
});
