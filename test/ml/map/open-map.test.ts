import { expect, it } from "vitest";
import type { MapModel } from "../../../packages/ml/src/map/map-model.ts";
import { openMapModel } from "../../../packages/ml/src/map/open-map.ts";
import { logPlane } from "../fixtures/log-plane.ts";

/** What a KPI's value e − 1 becomes in the map's space is 1. */
const one = Math.fround(Math.E - 1);
const model: MapModel = {
  method: "umap",
  ...logPlane([0, 2]),
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
