import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { mapKey } from "@systemhealer/ml/map/map-model";
import { openMap } from "@systemhealer/ml/map/open-map";
import { readMetadata } from "@systemhealer/ml/onnx/read-metadata";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { describe, expect, it } from "vitest";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [80, 70, 60], columns: 8, gapShare: 0.05 });
const options = { trainingFileSha256: "0".repeat(64) };
const quick = { learner: { learner: "linear", iterations: 20 } } as const;

describe("a trained model", () => {
  it("carries the map that its report draws, UMAP unless another is wanted", async () => {
    const { onnx, report } = await trainModel(table, TrainingSettings.parse(quick), options);
    const map = openMap(readMetadata(onnx).get(mapKey) ?? "");
    expect(map.method).toBe("umap");
    expect(map.inputColumns).toBe(8);
    expect(report.map?.method).toBe("umap");
    expect(report.map?.points).toHaveLength(210);
    expect(map.place(table.values.subarray(0, 8), 1).every(Number.isFinite)).toBe(true);
  });

  it("carries none where none is wanted", async () => {
    const { onnx, report } = await trainModel(table, TrainingSettings.parse({ ...quick, map: "none" }), options);
    expect(readMetadata(onnx).has(mapKey)).toBe(false);
    expect(report.map).toBeUndefined();
  });
});
