import { describe, expect, it } from "vitest";
import type { Samples } from "../../../../../packages/ml/src/learners/learner.ts";
import { fitForest } from "../../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import type { ForestSettings } from "../../../../../packages/ml/src/learners/trees/forest/forest-settings.ts";
import { predictEnsemble } from "../../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import { leafOf, type TreeEnsemble } from "../../../../../packages/ml/src/learners/trees/tree.ts";
import { logLoss } from "../../../../../packages/ml/src/metrics/log-loss.ts";
import { mostProbable } from "../../../../../packages/ml/src/metrics/most-probable.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";
import { labelledRows, noRows } from "../labelled-rows.ts";
import { runEnsemble } from "../run-ensemble.ts";

const kinds: Readonly<Record<"random forest" | "extra trees", ForestSettings>> = {
  "random forest": {
    trees: 60,
    columnShare: 0.4,
    minLeafRows: 1,
    maxDepth: 1_000,
    bootstrap: true,
    split: "best",
  },
  "extra trees": {
    trees: 60,
    columnShare: 0.5,
    minLeafRows: 1,
    maxDepth: 1_000,
    bootstrap: false,
    split: "random",
  },
};
const options = { seed: 3, threads: 1 };

function probabilities(ensemble: TreeEnsemble, { values, rowCount }: Samples): Float32Array {
  return Float32Array.from(predictEnsemble(ensemble, values, rowCount));
}

function accuracy(ensemble: TreeEnsemble, samples: Samples): number {
  const predicted = mostProbable(probabilities(ensemble, samples), samples.classCount);
  return predicted.filter((label, row) => label === samples.labels[row]).length / samples.rowCount;
}

describe.each(Object.entries(kinds))("%s", (_, settings) => {
  const training = labelledRows({ rowCount: 600, classCount: 4 });
  const held = labelledRows({ rowCount: 300, classCount: 4, seed: 2 });

  it("learns classes in noise, gaps and constant columns", async () => {
    const { ensemble, curve } = await fitForest(training, held, settings, options);
    expect(accuracy(ensemble, held)).toBeGreaterThan(0.85);
    expect(curve.map(({ epoch }) => epoch)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(curve.at(-1)!.validationLoss).toBeLessThan(curve[0].validationLoss);
  });

  it("is the same, bit by bit, for one and three threads", async () => {
    const small = { ...settings, trees: 7 };
    const [one, three] = await Promise.all(
      [1, 3].map((threads) => fitForest(training, held, small, { seed: 5, threads })),
    );
    expect(three.ensemble).toEqual(one.ensemble);
    const other = await fitForest(training, held, small, { seed: 6, threads: 1 });
    expect(other.ensemble).not.toEqual(one.ensemble);
  });

  it("answers with probabilities, the same in onnxruntime within 1e-5", async () => {
    const { ensemble } = await fitForest(training, noRows(training), settings, { seed: 1, threads: 2 });
    const fresh = labelledRows({ rowCount: 300, classCount: 4, seed: 8, gapShare: 0.3 });
    const expected = probabilities(ensemble, fresh);
    const found = await runEnsemble(ensemble, fresh.values, fresh.rowCount);
    expect(Math.max(...found.map((value, cell) => Math.abs(value - expected[cell])))).toBeLessThan(1e-5);
    for (let row = 0; row < fresh.rowCount; row++) {
      const sum = expected.subarray(row * 4, row * 4 + 4).reduce((total, value) => total + value, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it("sends gaps to the side that they belong to", async () => {
    const values = Float32Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? Number.NaN : row % 4));
    for (const gapClass of [0, 1]) {
      const labels = Int32Array.from(values, (value) => (Number.isNaN(value) ? gapClass : value > 1.5 ? 1 : 0));
      const rows: Samples = {
        rowCount: 400,
        columnCount: 1,
        classCount: 2,
        values,
        labels,
        weights: new Float32Array(400).fill(1),
      };
      const { ensemble } = await fitForest(rows, noRows(rows), { ...settings, trees: 5 }, options);
      expect(accuracy(ensemble, rows)).toBe(1);
    }
  });

  it("answers for what a gap may hide where gaps are drawn", async () => {
    const random = createRandom(4);
    const labels = Int32Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const values = Float32Array.from(labels, (label) =>
      random.uniform() < 0.2 ? Number.NaN : label + random.uniform(),
    );
    const weights = new Float32Array(400).fill(1);
    const rows: Samples = { rowCount: 400, columnCount: 1, classCount: 2, values, labels, weights };
    const drawn = { ...settings, drawnGaps: Uint8Array.of(1), trees: 300, maxDepth: 1 };
    const { ensemble } = await fitForest(rows, noRows(rows), drawn, options);
    const [, rare] = predictEnsemble(ensemble, Float32Array.of(Number.NaN), 1);
    expect(rare).toBeCloseTo(0.25, 1);
    const [, high] = predictEnsemble(ensemble, Float32Array.of(1.9), 1);
    expect(high).toBeGreaterThan(0.6);
  });

  it("is surer and more often right about rows with silent gaps where these are drawn", async () => {
    const few = labelledRows({ rowCount: 200, classCount: 4, columnCount: 16, gapShare: 0.3, seed: 6 });
    const many = labelledRows({ rowCount: 2_000, classCount: 4, columnCount: 16, gapShare: 0.3, seed: 7 });
    const scores = { tried: { loss: 0, accuracy: 0 }, drawn: { loss: 0, accuracy: 0 } };
    for (const [way, drawnGaps] of [["tried"], ["drawn", new Uint8Array(16).fill(1)]] as const) {
      const { ensemble } = await fitForest(few, noRows(few), { ...settings, ...(drawnGaps && { drawnGaps }) }, options);
      scores[way].loss = logLoss(probabilities(ensemble, many), many.labels, 4);
      scores[way].accuracy = accuracy(ensemble, many);
    }
    expect(scores.drawn.loss).toBeLessThan(scores.tried.loss);
    expect(scores.drawn.accuracy).toBeGreaterThan(scores.tried.accuracy);
  });

  it("keeps the least number of rows in a leaf, and the greatest depth", async () => {
    const { ensemble } = await fitForest(
      training,
      noRows(training),
      { ...settings, minLeafRows: 9, trees: 5 },
      options,
    );
    for (const { columns, cover } of ensemble.trees) {
      expect(cover.every((rows, node) => columns[node] >= 0 || rows >= 9)).toBe(true);
    }
    const shallow = await fitForest(training, noRows(training), { ...settings, maxDepth: 2, trees: 5 }, options);
    for (const { columns } of shallow.ensemble.trees) expect(columns.length).toBeLessThanOrEqual(7);
  });

  it("heeds class weights", async () => {
    const rows: Samples = {
      rowCount: 100,
      columnCount: 1,
      classCount: 2,
      values: new Float32Array(100).fill(1),
      labels: Int32Array.from({ length: 100 }, (_, row) => (row < 80 ? 0 : 1)),
      weights: Float32Array.from({ length: 100 }, (_, row) => (row < 80 ? 50 / 80 : 50 / 20)),
    };
    const { ensemble } = await fitForest(rows, noRows(rows), { ...settings, bootstrap: false, trees: 3 }, options);
    expect(probabilities(ensemble, rows)[0]).toBeCloseTo(0.5, 5);
  });

  it("draws rows by weight where weights differ within a class", async () => {
    const rows: Samples = {
      rowCount: 200,
      columnCount: 1,
      classCount: 2,
      values: new Float32Array(200).fill(1),
      labels: Int32Array.from({ length: 200 }, (_, row) => row % 2),
      weights: Float32Array.from({ length: 200 }, (_, row) => (row % 2 === 0 ? 0.2 : 1.7 + 0.1 * (row % 3))),
    };
    const { ensemble } = await fitForest(rows, noRows(rows), { ...settings, trees: 40 }, options);
    expect(probabilities(ensemble, rows)[0]).toBeCloseTo(0.1, 1);
  });

  it("ends with the signal's reason", async () => {
    const controller = new AbortController();
    const fit = fitForest(
      training,
      held,
      { ...settings, trees: 5_000 },
      {
        ...options,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("enough")),
      },
    );
    await expect(fit).rejects.toThrow("enough");
  });
});

describe("extra trees", () => {
  it("draw thresholds between the values, not from them", async () => {
    const rows = labelledRows({ rowCount: 100, gapShare: 0 });
    const { ensemble } = await fitForest(rows, noRows(rows), { ...kinds["extra trees"], trees: 3 }, options);
    const values = new Set(rows.values);
    const tree = ensemble.trees[0];
    expect(tree.columns.some((column, node) => column >= 0 && !values.has(tree.thresholds[node]))).toBe(true);
  });

  it("put every training row into a leaf of its class", async () => {
    const rows = labelledRows({ rowCount: 400 });
    const { ensemble } = await fitForest(rows, noRows(rows), { ...kinds["extra trees"], trees: 4 }, options);
    for (const tree of ensemble.trees) {
      for (let row = 0; row < rows.rowCount; row++) {
        const leaf = leafOf(tree, rows.values, row * rows.columnCount);
        expect(Array.from(tree.outputs.subarray(tree.valueStarts[leaf], tree.valueStarts[leaf + 1]))).toEqual([
          rows.labels[row],
        ]);
      }
    }
  });
});
