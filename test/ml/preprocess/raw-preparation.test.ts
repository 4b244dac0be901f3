import { describe, expect, it } from "vitest";
import { featuresInput, probabilitiesOutput } from "../../../packages/ml/src/diagnose/graph-names.ts";
import { openPredictor } from "../../../packages/ml/src/diagnose/predictor.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { rawPreparation } from "../../../packages/ml/src/preprocess/raw-preparation.ts";

const gap = Number.NaN;
const raw = {
  columnCount: 4,
  values: Float32Array.of(1, 7, gap, gap, 2, 7, gap, 1e30, gap, 7, gap, 1e30, 9, 8, 5, -1),
};
const trainingRows = Int32Array.of(0, 1, 2);

describe("the raw preparation", () => {
  it("passes on numbers and gaps of the columns that vary in the training rows", async () => {
    const preparation = rawPreparation(raw, trainingRows);
    expect(preparation.used).toEqual([true, false, false, true]);
    expect(await preparation.apply(raw, Int32Array.of(3, 0))).toEqual(Float32Array.of(9, -1, 1, gap));
    expect(rawPreparation(raw, trainingRows, [false, true, true, true]).used).toEqual([false, false, false, true]);
  });

  it("does the same in the graph", async () => {
    const preparation = rawPreparation(raw, trainingRows);
    const graph = new GraphBuilder("raw");
    const input = graph.addInput(featuresInput, "float32", ["N", 4]);
    graph.addOutput(probabilitiesOutput, preparation.addTo(graph, input), "float32", ["N", 2]);
    const predictor = await openPredictor(encodeModel(graph, { producer: "test", producerVersion: "1" }), 4, 2);
    try {
      expect(await predictor.predict(raw.values, 4)).toEqual(await preparation.apply(raw, Int32Array.of(0, 1, 2, 3)));
    } finally {
      await predictor.close();
    }
  });
});
