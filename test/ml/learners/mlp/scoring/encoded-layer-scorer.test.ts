import { describe, expect, it } from "vitest";
import { featuresInput, probabilitiesOutput } from "../../../../../packages/ml/src/diagnose/graph-names.ts";
import { openPredictor } from "../../../../../packages/ml/src/diagnose/predictor.ts";
import { splitModel } from "../../../../../packages/ml/src/diagnose/split-model.ts";
import { fitEncoding } from "../../../../../packages/ml/src/learners/mlp/encoding.ts";
import { encodeModel } from "../../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../../packages/ml/src/onnx/graph-builder.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";

const columns = 9;
const rows = 150;
const random = createRandom(11);
const samples = {
  rowCount: 400,
  columnCount: columns,
  // A column of two values and one of few, as indicators and counts are.
  values: Float32Array.from({ length: 400 * columns }, (_, cell) => {
    if (cell % columns === 3) return random.below(2);
    return cell % columns === 5 ? random.below(6) : 4 * random.uniform() - 2;
  }),
};

/** An encoding of `bins` bins a column and a layer upon it, whose scores of all members are its outputs. */
function model({ bins, units, members }: { bins: number; units: number; members: number }): Uint8Array {
  const graph = new GraphBuilder("layer");
  const encoding = fitEncoding(samples, bins);
  const width = encoding.outputColumns;
  const numbers = (length: number) => Float32Array.from({ length }, () => random.uniform() - 0.5);
  let encoded = encoding.addTo(graph, graph.addInput(featuresInput, "float32", ["N", columns]));
  if (members > 0) {
    const scales = graph.addConstant("scales", {
      type: "float32",
      dims: [members, 1, width],
      data: numbers(members * width),
    });
    encoded = graph.addNode("Mul", [encoded, scales]);
  }
  const weights = graph.addConstant("weights", { type: "float32", dims: [width, units], data: numbers(width * units) });
  let scores = graph.addNode("MatMul", [encoded, weights]);
  if (members > 0) {
    scores = graph.addNode("Transpose", [scores], { attributes: { perm: { ints: [1, 0, 2] } } });
    scores = graph.addNode("Reshape", [scores, graph.addInts(-1, members * units)]);
  }
  graph.addOutput(probabilitiesOutput, scores, "float32", ["N", Math.max(1, members) * units]);
  return encodeModel(graph, { producer: "test", producerVersion: "1" });
}

/** Rows within the training rows and beyond them, some at the bins' very bounds; a part follow one another closely. */
function asked(): Float32Array {
  const values = Float32Array.from({ length: rows * columns }, (_, cell) => {
    const kind = random.uniform();
    if (kind < 0.2) return samples.values[random.below(400) * columns + (cell % columns)];
    return kind < 0.3 ? (kind < 0.25 ? -1e30 : 1e30) : 5 * random.uniform() - 2.5;
  });
  for (let row = 60; row < rows; row++) {
    if (row % 25 === 0) continue;
    values.copyWithin(row * columns, (row - 1) * columns, row * columns);
    values[row * columns + random.below(columns)] = 5 * random.uniform() - 2.5;
  }
  return values;
}

describe("a layer upon a piecewise-linear encoding", () => {
  it.each([
    { bins: 30, units: 24, members: 3 },
    { bins: 12, units: 7, members: 1 },
    { bins: 20, units: 16, members: 0 },
  ])("gives onnxruntime's scores without making the encoding: %o", async (shape) => {
    const bytes = model(shape);
    expect(splitModel(bytes, columns)!.layers).toHaveLength(1);
    const width = Math.max(1, shape.members) * shape.units;
    const [whole, split] = await Promise.all([
      openPredictor(bytes, columns, width, { whole: true }),
      openPredictor(bytes, columns, width),
    ]);
    const values = asked();
    const expected = await whole.predict(values, rows);
    const found = await split.predict(values, rows);
    const variants = await split.predictVariants(values, rows);
    for (const [cell, score] of expected.entries()) {
      expect(Math.abs(found[cell] - score)).toBeLessThan(5e-6);
      expect(Math.abs(variants[cell] - score)).toBeLessThan(5e-6);
    }
    const alone = await split.predict(values.subarray(70 * columns), 1);
    expect(alone).toEqual(found.slice(70 * width, 71 * width));
    const gap = values.slice(0, columns);
    gap[4] = Number.NaN;
    expect(await split.predict(gap, 1)).toEqual(await whole.predict(gap, 1));
    await Promise.all([whole.close(), split.close()]);
  });

  it("stays in the graph where there are few bins a column", () => {
    expect(splitModel(model({ bins: 2, units: 8, members: 2 }), columns)!.layers).toEqual([]);
  });
});
