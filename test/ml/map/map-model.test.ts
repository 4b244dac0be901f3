import { fitMap } from "@systemhealer/ml/map/fit-map";
import { decodeMap, encodeMap, MapUnreadableError } from "@systemhealer/ml/map/map-model";
import { describe, expect, it } from "vitest";

const values = Float32Array.from({ length: 400 }, (_, cell) => Math.sin(cell));
const rows = Int32Array.from({ length: 100 }, (_, row) => row);

describe("encodeMap and decodeMap", () => {
  it("give back the very numbers", async () => {
    const model = await fitMap({ raw: { values, columnCount: 4 }, rows }, "tsne", { seed: 3 });
    expect(decodeMap(encodeMap(model))).toEqual(model);
  });

  it("stay far below a megabyte for the most anchors", async () => {
    const many = Float32Array.from({ length: 3_000 * 40 }, (_, cell) => Math.sin(cell * cell));
    const all = Int32Array.from({ length: 3_000 }, (_, row) => row);
    const text = encodeMap(await fitMap({ raw: { values: many, columnCount: 40 }, rows: all }, "umap", { seed: 3 }));
    expect(text.length).toBeLessThan(200_000);
  });

  it("refuse a map on which rows would have no place", async () => {
    const model = await fitMap({ raw: { values, columnCount: 4 }, rows }, "pca", { seed: 3 });
    const mean = model.axes.mean.map((value, column) => (column === 0 ? Number.NaN : value));
    expect(() => decodeMap(encodeMap({ ...model, axes: { ...model.axes, mean } }))).toThrow(MapUnreadableError);
  });

  it("refuse what is no map", async () => {
    const text = encodeMap(await fitMap({ raw: { values, columnCount: 4 }, rows }, "umap", { seed: 3 }));
    const written = JSON.parse(text);
    for (const broken of [
      "",
      "null",
      "{}",
      JSON.stringify({ ...written, schema: "map.v9" }),
      JSON.stringify({ ...written, anchors: written.anchors + 1 }),
      JSON.stringify({ ...written, columns: -1 }),
      JSON.stringify({ ...written, inputColumns: 1 }),
      JSON.stringify({ ...written, numbers: "AAAA" }),
    ]) {
      expect(() => decodeMap(broken)).toThrow(MapUnreadableError);
    }
  });
});
