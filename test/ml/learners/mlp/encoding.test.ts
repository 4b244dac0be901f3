import { describe, expect, it } from "vitest";
import { fitEncoding } from "../../../../packages/ml/src/learners/mlp/encoding.ts";
import { addEncodedRows } from "../../../../packages/ml/src/learners/mlp/layer-nodes.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { software } from "../../../../packages/ml/src/software.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

describe("the piecewise-linear encoding", () => {
  const column = (...values: number[]) => ({
    values: Float32Array.from(values),
    rowCount: values.length,
    columnCount: 1,
  });
  const encode = (encoding: ReturnType<typeof fitEncoding>, value: number) => {
    const encoded = new Float32Array(encoding.outputColumns);
    encoding.encode(Float32Array.of(value), 0, encoded);
    return Array.from(encoded);
  };

  it("is 1 for the bins below a number, its share of the bin it is in, 0 above", () => {
    const encoding = fitEncoding(column(0, 1, 2, 3, 4), 4);
    expect(encode(encoding, 2.5)).toEqual([1, 1, 0.5, 0]);
    expect(encode(encoding, -9)).toEqual([0, 0, 0, 0]);
    expect(encode(encoding, 9)).toEqual([1, 1, 1, 1]);
  });

  it("takes one bin where quantiles are equal", () => {
    expect(fitEncoding(column(0, 0, 0, 0, 1), 8).outputColumns).toBeLessThanOrEqual(3);
    expect(encode(fitEncoding(column(0, 1, 0, 1), 1), 1)).toEqual([1]);
  });

  it("of 0 bins, or of nothing but constants, passes the columns on", () => {
    expect(encode(fitEncoding(column(1, 2, 3), 0), 2.5)).toEqual([2.5]);
    expect(encode(fitEncoding(column(3, 3, 3), 4), 2.5)).toEqual([2.5]);
  });

  it.each([0, 6])(
    "with %i bins is the same to the bit in every form: row by row, in a model, in training",
    async (bins) => {
      const random = createRandom(4);
      const [rowCount, columnCount] = [40, 3];
      const values = Float32Array.from({ length: rowCount * columnCount }, () => normal(random));
      const encoding = fitEncoding({ values: values.subarray(0, 30 * columnCount), rowCount: 30, columnCount }, bins);
      const width = encoding.outputColumns;
      const expected = new Float32Array(rowCount * width);
      for (let row = 0; row < rowCount; row++) {
        encoding.encode(values, row * columnCount, expected.subarray(row * width));
      }

      const graph = new GraphBuilder("encoding");
      const rows = graph.addInput("rows", "float32", ["N", columnCount]);
      const both = addEncodedRows(graph, rows, encoding);
      graph.addOutput("inModel", encoding.addTo(graph, rows), "float32", ["N", width]);
      graph.addOutput("inTraining", both.values, "float32", ["N", width]);
      graph.addOutput("turned", both.turned, "float32", [width, "N"]);
      const session = await openSession(encodeModel(graph, software), 1);
      const found = await session.run({ rows: new (onnxRuntime().Tensor)("float32", values, [rowCount, columnCount]) });
      await session.release();
      expect(found.inModel?.data).toEqual(expected);
      expect(found.inTraining?.data).toEqual(expected);
      expect(found.turned?.data).toEqual(
        expected.map((_, cell) => expected[(cell % rowCount) * width + Math.floor(cell / rowCount)]!),
      );
    },
  );
});
