import { expect, it } from "vitest";
import type { MapModel } from "../../../packages/ml/src/map/map-model.ts";
import { openMapModel } from "../../../packages/ml/src/map/open-map.ts";

/** Two KPIs whose scaled values are the principal coordinates; what a KPI's value e − 1 becomes is 1. */
const one = Math.fround(Math.E - 1);
const model: MapModel = {
  method: "umap",
  space: {
    inputColumns: 3,
    columns: Int32Array.of(0, 2),
    fills: Float64Array.of(0, 0),
    units: Float64Array.of(1, 1),
    centres: Float64Array.of(0, 0),
    spreads: Float64Array.of(1, 1),
  },
  axes: {
    dimensions: 2,
    count: 2,
    mean: new Float32Array(2),
    axes: Float32Array.of(1, 0, 0, 1),
    shares: Float64Array.of(0.75, 0.25),
  },
  anchors: { count: 2, coordinates: Float32Array.of(0, 0, 3, 0), positions: Float32Array.of(0, 10, 17, 27) },
};

it("a row lies among its nearest anchors by the inverse of its distance's fourth power", () => {
  const { place, explained } = openMapModel(model);
  // One from the first anchor, two from the second.
  const [x, y] = place(Float32Array.of(one, 99, 0), 1);
  expect(x).toBeCloseTo(17 / 17, 4);
  expect(y).toBeCloseTo(10 + 17 / 17, 4);
  expect(explained).toBeUndefined();
});

it("a row that is an anchor lies where the anchor does, and gaps count as usual values", () => {
  const [x, y] = openMapModel(model).place(Float32Array.of(Number.NaN, Number.NaN, 0), 1);
  expect([x, y]).toEqual([expect.closeTo(0, 6), expect.closeTo(10, 6)]);
});

it("principal components place a row by its first two coordinates", () => {
  const { anchors: _, ...flat } = model;
  const { place, explained, method } = openMapModel({ ...flat, method: "pca" });
  const [x, y] = place(Float32Array.of(one, 99, -one), 1);
  expect([x, y]).toEqual([expect.closeTo(1, 6), expect.closeTo(-1, 6)]);
  expect({ method, explained }).toEqual({ method: "pca", explained: [0.75, 0.25] });
});
