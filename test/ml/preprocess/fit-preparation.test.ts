import { describe, expect, it } from "vitest";
import { featuresInput, probabilitiesOutput } from "../../../packages/ml/src/diagnose/graph-names.ts";
import { openPredictor } from "../../../packages/ml/src/diagnose/predictor.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { fitPreparation, type PreparationSettings } from "../../../packages/ml/src/preprocess/fit-preparation.ts";
import type { Preparation, RawRows } from "../../../packages/ml/src/preprocess/preparation.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const usual: PreparationSettings = {
  imputer: "median",
  scaler: "robust-signed-log",
  missingIndicators: true,
  outlierLimit: 0,
};
const scalers = ["robust-signed-log", "robust", "standard", "quantile-uniform", "quantile-normal"] as const;
const imputers = ["median", "mean", "mode", "k-nearest", "iterative"] as const;

function matrix(rows: readonly (readonly number[])[]): RawRows & { rows: Int32Array } {
  return {
    columnCount: rows[0].length,
    values: Float32Array.from(rows.flat()),
    rows: Int32Array.from(rows.keys()),
  };
}

/** Column by column: what occurs among KPIs, and what must not break anything. */
function wildRows(rowCount: number): readonly (readonly number[])[] {
  const random = createRandom(5);
  const gap = (share: number, value: number) => (random.uniform() < share ? Number.NaN : value);
  return Array.from({ length: rowCount }, (_, row) => [
    gap(0.1, 3.7e17 + 1e13 * normal(random)),
    gap(0.1, -1e17 * random.uniform() ** 8),
    gap(0.3, 1e-20 * normal(random)),
    1 + 1e-7 * row,
    row === 7 ? 1e38 : 5,
    normal(random) * 1e3,
    row % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    Math.fround(1e-45 * (row % 3)),
    42,
    Number.NaN,
    gap(0.5, 7),
    row % 50 === 0 ? 1 : 0,
  ]);
}

async function throughGraph(preparation: Preparation, raw: RawRows): Promise<Float32Array> {
  const graph = new GraphBuilder("preparation");
  const input = graph.addInput(featuresInput, "float32", ["N", preparation.inputColumns]);
  const width = preparation.outputColumns;
  graph.addOutput(probabilitiesOutput, preparation.addTo(graph, input), "float32", ["N", width]);
  const model = encodeModel(graph, { producer: "test", producerVersion: "1" });
  const predictor = await openPredictor(model, preparation.inputColumns, width);
  try {
    return await predictor.predict(raw.values, raw.values.length / raw.columnCount);
  } finally {
    await predictor.close();
  }
}

function largestDifference(one: Float32Array, two: Float32Array): number {
  expect(one.length).toBe(two.length);
  return one.reduce((largest, value, index) => Math.max(largest, Math.abs(value - two[index])), 0);
}

describe("preprocessing", () => {
  for (const scaler of scalers) {
    for (const imputer of imputers) {
      it(`gives the same numbers in TypeScript and in ONNX, all finite (${scaler}, ${imputer})`, async () => {
        const wild = matrix(wildRows(400));
        const preparation = await fitPreparation(wild, wild.rows, { ...usual, scaler, imputer });
        const extremes = matrix(
          [Number.NaN, 0, -0, 1e300, -1e300, Number.POSITIVE_INFINITY, 3.4e38, 1e-45, -1e17, 3.7e17].map((value) =>
            new Array<number>(wild.columnCount).fill(value),
          ),
        );
        for (const raw of [wild, extremes]) {
          const reference = await preparation.apply(raw, raw.rows);
          expect(reference.every(Number.isFinite)).toBe(true);
          expect(largestDifference(reference, await throughGraph(preparation, raw))).toBeLessThan(1e-6);
        }
      });
    }
  }

  it("keeps apart what differs by the last digit at 1e17", async () => {
    const close = matrix([[3.7e17], [Math.fround(3.7e17) + 2 ** 36], [Math.fround(3.7e17) + 2 ** 35]]);
    for (const scaler of scalers) {
      const preparation = await fitPreparation(close, close.rows, { ...usual, scaler });
      const prepared = await preparation.apply(close, close.rows);
      expect(new Set(prepared).size).toBe(3);
      expect(Math.max(...prepared) - Math.min(...prepared)).toBeGreaterThan(0.1);
    }
  });

  it("fits to the given rows only", async () => {
    const rows = matrix([[1], [2], [3], [1e9], [Number.NaN]]);
    const part = Int32Array.of(0, 1, 2);
    const fittedToPart = await fitPreparation(rows, part, { ...usual, scaler: "standard" });
    const alone = matrix([[1], [2], [3]]);
    const fittedAlone = await fitPreparation(alone, alone.rows, { ...usual, scaler: "standard" });
    expect(await fittedToPart.apply(rows, part)).toEqual(await fittedAlone.apply(alone, alone.rows));
    expect(fittedToPart.outputColumns).toBe(1);
  });

  it("fills gaps with the median or the mean of the column", async () => {
    const rows = matrix([[1], [2], [12], [Number.NaN]]);
    const fill = async (imputer: "median" | "mean") => {
      const settings = { imputer, scaler: "standard", missingIndicators: false, outlierLimit: 0 } as const;
      return (await (await fitPreparation(rows, rows.rows, settings)).apply(rows, rows.rows))[3];
    };
    const deviation = Math.sqrt((16 + 9 + 49) / 3);
    expect(await fill("mean")).toBeCloseTo(0, 6);
    expect(await fill("median")).toBeCloseTo((2 - 5) / deviation, 6);
  });

  it("leaves out columns of one value or none, and says so", async () => {
    const rows = matrix([
      [1, 5, Number.NaN, Number.NaN],
      [2, 5, Number.NaN, 8],
    ]);
    const withIndicators = await fitPreparation(rows, rows.rows, usual);
    expect(withIndicators.used).toEqual([true, false, false, true]);
    expect(withIndicators.outputColumns).toBe(2);
    const without = await fitPreparation(rows, rows.rows, { ...usual, missingIndicators: false });
    expect(without.used).toEqual([true, false, false, false]);
  });

  it("tells gaps from numbers in columns that have both", async () => {
    const rows = matrix([
      [1, 3],
      [Number.NaN, 4],
      [2, 5],
    ]);
    const preparation = await fitPreparation(rows, rows.rows, usual);
    expect(preparation.outputColumns).toBe(3);
    const prepared = await preparation.apply(rows, rows.rows);
    expect([2, 5, 8].map((cell) => prepared[cell])).toEqual([0, 1, 0]);
  });

  it("leaves out columns that are not to be kept", async () => {
    const rows = matrix([
      [1, 30],
      [2, 40],
      [Number.NaN, 50],
    ]);
    const preparation = await fitPreparation(rows, rows.rows, usual, undefined, [false, true]);
    expect(preparation.used).toEqual([false, true]);
    expect(preparation.outputColumns).toBe(1);
    const alone = matrix([[30], [40], [50]]);
    const fittedAlone = await fitPreparation(alone, alone.rows, usual);
    expect(await preparation.apply(rows, rows.rows)).toEqual(await fittedAlone.apply(alone, alone.rows));
  });

  it("holds outliers within the quartiles, moved outwards, before it scales and in the graph", async () => {
    const rows = matrix([[1], [2], [3], [4], [5], [6], [7], [8], [1e6]]);
    const settings = { ...usual, scaler: "standard", outlierLimit: 1 } as const;
    const preparation = await fitPreparation(rows, rows.rows, settings);
    // The quartiles are 3 and 7, so that 11 is the most.
    const held = matrix([[1], [2], [3], [4], [5], [6], [7], [8], [11]]);
    const expected = await (await fitPreparation(held, held.rows, { ...usual, scaler: "standard" })).apply(
      held,
      held.rows,
    );
    for (const found of [await preparation.apply(rows, rows.rows), await throughGraph(preparation, rows)]) {
      expect(largestDifference(found, expected)).toBeLessThan(1e-6);
    }
  });

  it("does not estimate gaps from more columns than it has time for", async () => {
    const rows = matrix([0, 1, 2].map((row) => Array.from({ length: 257 }, (_, column) => row * column + row)));
    const fitted = fitPreparation(rows, rows.rows, { ...usual, imputer: "iterative" });
    await expect(fitted).rejects.toMatchObject({
      name: "PreparationError",
      parameters: { reason: "too-many-columns", columns: 257, most: 256 },
    });
  });

  it("makes no output of nothing but gaps and constants", async () => {
    const rows = matrix([
      [Number.NaN, 1],
      [Number.NaN, 1],
    ]);
    expect((await fitPreparation(rows, rows.rows, usual)).outputColumns).toBe(0);
  });

  it("ends when it is told to", async () => {
    const rows = matrix([[1], [2]]);
    const stop = new Error("stop");
    await expect(fitPreparation(rows, rows.rows, usual, AbortSignal.abort(stop))).rejects.toBe(stop);
    const preparation = await fitPreparation(rows, rows.rows, usual);
    await expect(preparation.apply(rows, rows.rows, AbortSignal.abort(stop))).rejects.toBe(stop);
  });
});
