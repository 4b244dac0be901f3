import { mapKey } from "@systemhealer/ml/map/map-model";
import { openMap } from "@systemhealer/ml/map/open-map";
import { fitTrainingMap } from "@systemhealer/ml/map/training-map";
import { describe, expect, it } from "vitest";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [400, 300, 12], columns: 12 });
const labels = table.labels as Int32Array;
const raw = { values: table.values, columnCount: table.featureNames.length };
const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
const parts = { raw, labels, classCount: 3, training: rows.filter((row) => row % 2 === 0), rows };

describe("fitTrainingMap", () => {
  it("reports rows where the written map places them", async () => {
    const { metadata, report } = await fitTrainingMap(parts, "pca", { seed: 1 });
    const map = openMap(metadata[mapKey] as string);
    const places = map.place(raw.values, table.rowCount);
    expect(report.map?.points).toHaveLength(table.rowCount);
    for (const [row, point] of (report.map?.points ?? []).entries()) {
      expect(point.label).toBe(labels[row]);
      expect(point.x).toBeCloseTo(places[2 * row], 3);
      expect(point.y).toBeCloseTo(places[2 * row + 1], 3);
    }
    expect(report.map?.explained).toEqual(map.explained);
  });

  it("draws at most 2,000 rows, of a rare class as many as of others where it has them", async () => {
    const many = syntheticTable({ rowsPerClass: [3_000, 60], columns: 12 });
    const manyRows = Int32Array.from({ length: many.rowCount }, (_, row) => row);
    const manyRaw = { values: many.values, columnCount: many.featureNames.length };
    const manyLabels = many.labels as Int32Array;
    const { report } = await fitTrainingMap(
      { raw: manyRaw, labels: manyLabels, classCount: 2, training: manyRows, rows: manyRows },
      "pca",
      { seed: 1 },
    );
    expect(report.map?.points).toHaveLength(2_000);
    expect(report.map?.points.filter(({ label }) => label === 1)).toHaveLength(60);
  });

  it("makes no map where none is wanted", async () => {
    expect(await fitTrainingMap(parts, "none", { seed: 1 })).toEqual({ metadata: {}, report: {} });
  });
});
