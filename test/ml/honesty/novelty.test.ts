import { createReadStream } from "node:fs";
import { describe, expect, it } from "vitest";
import { areaUnderRoc } from "../../../packages/ml/src/honesty/area-under-roc.ts";
import { fisherScores } from "../../../packages/ml/src/honesty/fisher-scores.ts";
import { fitNovelty } from "../../../packages/ml/src/honesty/fit-novelty.ts";
import { fitWhitening } from "../../../packages/ml/src/honesty/whitening.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { shuffle } from "../../../packages/ml/src/random/shuffle.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { contestFile } from "../fixtures/contest-file.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

it("the area under the curve counts pairs, ties half", () => {
  expect(areaUnderRoc([1, 2, 3], [4, 5])).toBe(1);
  expect(areaUnderRoc([1, 2, 3], [2, 0])).toBeCloseTo((1.5 + 0) / 6, 12);
  expect(areaUnderRoc([], [1])).toBe(0.5);
});

it("Fisher's score is the variance of the means over that within", () => {
  // Two classes, means 0 and 2, variance 1 within each; a column that tells nothing.
  const values = Float32Array.of(-1, 5, 1, 6, 1, 6, 3, 5);
  const scores = fisherScores(values, Int32Array.of(0, 0, 1, 1), 2, 2);
  expect(scores[0]).toBeCloseTo(2 / 2, 6);
  expect(scores[1]).toBeCloseTo(0, 6);
});

it("whitening undoes a covariance", () => {
  const { map, logDeterminant } = fitWhitening(Float64Array.of(4, 2, 2, 5), 2);
  expect(logDeterminant).toBeCloseTo(Math.log(16), 12);
  const whitened = (x: number, y: number) => [map[0] * x + map[1] * y, map[2] * x + map[3] * y];
  // x' Σ⁻¹ x of (1, 1): (5 − 2 − 2 + 4) / 16.
  expect(Math.hypot(...whitened(1, 1)) ** 2).toBeCloseTo(5 / 16, 12);
  expect(() => fitWhitening(Float64Array.of(1, 2, 2, 1), 2)).toThrow("positive definite");
});

describe("novelty", () => {
  it("of a class never seen is above that of those learned", async () => {
    const table = syntheticTable({ rowsPerClass: [300, 300, 300, 300], columns: 40, gapShare: 0.05, distance: 1.5 });
    const areas = await areasByClassOut(table, 1);
    for (const area of areas) expect(area).toBeGreaterThan(0.95);
  });

  it("is the same number in the ONNX graph", async () => {
    const table = syntheticTable({ rowsPerClass: [200, 40, 3], columns: 50, gapShare: 0.1 });
    const { labels = new Int32Array(0) } = table;
    const raw = { columnCount: 50, values: table.values };
    const rows = Int32Array.from(labels.keys());
    const novelty = await fitNovelty(raw, rows, labels, 3);
    if (!novelty) throw new Error("there is something to learn");
    expect(novelty.columns).toHaveLength(45);
    const graph = new GraphBuilder("novelty");
    const input = graph.addInput("features", "float32", ["N", 50]);
    graph.addOutput("novelty", novelty.addTo(graph, input), "float32", ["N", 1]);
    const bytes = encodeModel(graph, { producer: "test", producerVersion: "1" });
    expect(bytes.length).toBeLessThan(400_000);
    const session = await openSession(bytes, 1);
    const { Tensor } = onnxRuntime();
    const found = await session.run({ features: new Tensor("float32", table.values, [rows.length, 50]) });
    await session.release();
    const given = Object.values(found)[0].data as Float32Array;
    const expected = await novelty.score(raw, rows);
    expect(Math.max(...given.map((value, row) => Math.abs(value - expected[row])))).toBeLessThan(1e-4);
  });

  it("has nothing to say of columns that do not vary, or of no row", async () => {
    const raw = { columnCount: 2, values: new Float32Array(20).fill(1) };
    const labels = Int32Array.from({ length: 10 }, (_, row) => row % 2);
    expect(await fitNovelty(raw, Int32Array.from(labels.keys()), labels, 2)).toBeUndefined();
    expect(await fitNovelty(raw, new Int32Array(0), labels, 2)).toBeUndefined();
  });

  it("of most rows of two classes is about 0, however many they are", async () => {
    const table = syntheticTable({ rowsPerClass: [6_000, 6_000], columns: 3, gapShare: 0.1 });
    const { labels = new Int32Array(0) } = table;
    const raw = { columnCount: 3, values: table.values };
    const rows = Int32Array.from(labels.keys());
    const scores = (await (await fitNovelty(raw, rows, labels, 2))?.score(raw, rows))?.sort() ?? [];
    expect(scores[6_000]).toBeCloseTo(0, 1);
    expect(scores[9_000] - scores[3_000]).toBeCloseTo(1, 1);
  });

  it("is a number for classes of one row", async () => {
    const table = syntheticTable({ rowsPerClass: [1, 1, 50], columns: 5 });
    const { labels = new Int32Array(0) } = table;
    const raw = { columnCount: 5, values: table.values };
    const rows = Int32Array.from(labels.keys());
    const scores = await (await fitNovelty(raw, rows, labels, 3))?.score(raw, rows);
    expect(scores?.every(Number.isFinite)).toBe(true);
  });
});

async function areasByClassOut(table: Table, folds: number): Promise<number[]> {
  const { labels = new Int32Array(0), classes = [] } = table;
  const raw = { columnCount: table.featureNames.length, values: table.values };
  const order = Int32Array.from(labels.keys());
  shuffle(order, createRandom(1));
  const areas: number[] = [];
  for (const left of classes.keys()) {
    let area = 0;
    for (let fold = 0; fold < folds; fold++) {
      const learned = order.filter((row, place) => place % 5 !== fold && labels[row] !== left);
      const held = order.filter((_, place) => place % 5 === fold);
      const novelty = await fitNovelty(raw, learned, labels, classes.length);
      if (!novelty) throw new Error("there is something to learn");
      const known = await novelty.score(
        raw,
        held.filter((row) => labels[row] !== left),
      );
      const unknown = await novelty.score(
        raw,
        held.filter((row) => labels[row] === left),
      );
      area += areaUnderRoc(known, unknown) / folds;
    }
    areas.push(area);
  }
  return areas;
}

const file = contestFile("zte-a10/validate.csv");
it.skipIf(file === undefined)(
  "tells a fault of a distributed database that it never saw",
  { timeout: 240_000 },
  async () => {
    const table = await readTable(createReadStream(file!));
    const areas = await areasByClassOut(table, 5);
    expect(areas.reduce((sum, area) => sum + area, 0) / areas.length).toBeGreaterThan(0.9);
    expect(Math.min(...areas)).toBeGreaterThan(0.8);
  },
);
