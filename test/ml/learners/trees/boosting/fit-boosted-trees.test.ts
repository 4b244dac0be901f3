import { describe, expect, it } from "vitest";
import type { Samples } from "../../../../../packages/ml/src/learners/learner.ts";
import type { BoostingSettings } from "../../../../../packages/ml/src/learners/trees/boosting/boosting-settings.ts";
import {
  type BoostedTrees,
  fitBoostedTrees,
} from "../../../../../packages/ml/src/learners/trees/boosting/fit-boosted-trees.ts";
import { predictEnsemble } from "../../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import { mostProbable } from "../../../../../packages/ml/src/metrics/most-probable.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";
import { labelledRows, noRows } from "../labelled-rows.ts";
import { runEnsemble } from "../run-ensemble.ts";

const settings: BoostingSettings = {
  rounds: 60,
  learningRate: 0.1,
  leaves: 8,
  bins: 255,
  l2: 1,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  columnShare: 1,
  rowShare: 1,
  patience: 1_000,
};
const options = { seed: 3, threads: 1 };

function margins({ ensemble }: BoostedTrees, { values, rowCount }: Samples): Float32Array {
  return Float32Array.from(predictEnsemble(ensemble, values, rowCount));
}

function accuracy(fitted: BoostedTrees, samples: Samples): number {
  const predicted = mostProbable(margins(fitted, samples), samples.classCount);
  return predicted.filter((label, row) => label === samples.labels[row]).length / samples.rowCount;
}

/** One column that says all: its value, or that it is missing. */
function oneColumn(values: readonly number[], labels: readonly number[]): Samples {
  return {
    rowCount: values.length,
    columnCount: 1,
    classCount: 2,
    values: Float32Array.from(values),
    labels: Int32Array.from(labels),
    weights: new Float32Array(values.length).fill(1),
  };
}

describe("boosted trees", () => {
  const training = labelledRows({ rowCount: 600, classCount: 4 });
  const held = labelledRows({ rowCount: 300, classCount: 4, seed: 2 });

  it("learn classes in noise, gaps and constant columns", async () => {
    const fitted = await fitBoostedTrees(training, held, settings, options);
    expect(accuracy(fitted, held)).toBeGreaterThan(0.85);
    const columns = new Set(fitted.ensemble.trees.flatMap((tree) => Array.from(tree.columns)));
    expect(columns.has(10) || columns.has(11)).toBe(false);
  });

  it("are the same, bit by bit, for one, two and three threads", async () => {
    const sampled = { ...settings, rounds: 15, columnShare: 0.5, rowShare: 0.7 };
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => fitBoostedTrees(training, held, sampled, { seed: 5, threads })),
    );
    expect(two).toEqual(one);
    expect(three).toEqual(one);
    const other = await fitBoostedTrees(training, held, sampled, { seed: 6, threads: 1 });
    expect(other.ensemble).not.toEqual(one.ensemble);
  });

  it("answer for what a gap may hide where gaps are drawn", async () => {
    const random = createRandom(4);
    const labels = Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    const values = labels.map((label) => (random.uniform() < 0.2 ? Number.NaN : label + random.uniform()));
    const rows = oneColumn(values, labels);
    const drawn = { ...settings, leaves: 2, rounds: 400, learningRate: 0.02, drawnGaps: Uint8Array.of(1) };
    const { ensemble } = await fitBoostedTrees(rows, noRows(rows), drawn, options);
    const sides = ensemble.trees.map((tree) => tree.gapsLeft[0]);
    const left = sides.reduce((sum, side) => sum + side, 0) / sides.length;
    expect(left).toBeGreaterThan(0.2);
    expect(left).toBeLessThan(0.8);
    const [common, rare] = predictEnsemble(ensemble, Float32Array.of(Number.NaN), 1);
    expect(1 / (1 + Math.exp(common - rare))).toBeCloseTo(0.25, 1);
  });

  it("send gaps to the side that they belong to", async () => {
    const values = Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? Number.NaN : row % 4));
    for (const gapClass of [0, 1]) {
      const labels = values.map((value) => (Number.isNaN(value) ? gapClass : value > 1.5 ? 1 : 0));
      const rows = oneColumn(values, labels);
      const fitted = await fitBoostedTrees(rows, noRows(rows), { ...settings, leaves: 2, rounds: 5 }, options);
      expect(accuracy(fitted, rows)).toBe(1);
      expect(fitted.ensemble.trees[0].gapsLeft[0]).toBe(gapClass === 0 ? 1 : 0);
    }
  });

  it("part gaps from values where only that says something", async () => {
    const values = Array.from({ length: 200 }, (_, row) => (row % 3 === 0 ? Number.NaN : 7));
    const rows = oneColumn(
      values,
      values.map((value) => (Number.isNaN(value) ? 1 : 0)),
    );
    const fitted = await fitBoostedTrees(rows, noRows(rows), { ...settings, rounds: 5 }, options);
    expect(accuracy(fitted, rows)).toBe(1);
  });

  it("find the split that least squares of the gradients finds", async () => {
    const rows = labelledRows({ rowCount: 300, classCount: 2, columnCount: 6 });
    const stump = { ...settings, leaves: 2, rounds: 1, l2: 0, minLeafRows: 1 };
    const fitted = await fitBoostedTrees(rows, noRows(rows), stump, options);
    const tree = fitted.ensemble.trees[0];
    const found = gainOf(rows, tree.columns[0], (value) =>
      Number.isNaN(value) ? tree.gapsLeft[0] === 1 : value <= tree.thresholds[0],
    );
    let best = 0;
    for (let column = 0; column < rows.columnCount; column++) {
      for (let row = 0; row < rows.rowCount; row++) {
        const threshold = rows.values[row * rows.columnCount + column];
        for (const gapsLeft of [false, true]) {
          best = Math.max(
            best,
            gainOf(rows, column, (value) => (Number.isNaN(value) ? gapsLeft : value <= threshold)),
          );
        }
      }
    }
    expect(found).toBeGreaterThan(0.995 * best);
  });

  it("keep the round of the least validation loss", async () => {
    const noisy = labelledRows({ rowCount: 200, distance: 0.4 });
    const validation = labelledRows({ rowCount: 200, distance: 0.4, seed: 9 });
    const eager = { ...settings, rounds: 400, learningRate: 0.3, patience: 10 };
    const fitted = await fitBoostedTrees(noisy, validation, eager, options);
    expect(fitted.bestRound).toBeLessThan(100);
    expect(fitted.ensemble.trees.length).toBe(fitted.bestRound * 3);
    const last = fitted.curve.at(-1)!;
    expect(last.epoch).toBe(fitted.bestRound + 10);
    expect(crossEntropy(fitted, validation)).toBeLessThan(last.validationLoss);
  });

  it("heed the rows' weights", async () => {
    const values = Array.from({ length: 100 }, () => 1);
    const rows = {
      ...oneColumn(
        values,
        values.map((_, row) => row % 2),
      ),
      weights: Float32Array.from({ length: 100 }, (_, row) => (row % 2 === 0 ? 0.4 : 1.6)),
    };
    const fitted = await fitBoostedTrees(rows, noRows(rows), { ...settings, rounds: 3 }, options);
    const [first, second] = margins(fitted, rows);
    expect(1 / (1 + Math.exp(first - second))).toBeCloseTo(0.8, 3);
  });

  it("answer in onnxruntime exactly as here, after 300 rounds of six classes", async () => {
    const rows = labelledRows({ rowCount: 500, classCount: 6, columnCount: 20, gapShare: 0.2 });
    const fitted = await fitBoostedTrees(rows, noRows(rows), { ...settings, rounds: 300 }, { seed: 1, threads: 2 });
    expect(fitted.ensemble.trees.length).toBe(1_800);
    const fresh = labelledRows({ rowCount: 400, classCount: 6, columnCount: 20, gapShare: 0.3, seed: 8 });
    expect(await runEnsemble(fitted.ensemble, fresh.values, fresh.rowCount)).toEqual(margins(fitted, fresh));
  });

  it("end with the signal's reason, on one thread and on two", async () => {
    for (const threads of [1, 2]) {
      const controller = new AbortController();
      const fit = fitBoostedTrees(
        training,
        held,
        { ...settings, rounds: 5_000 },
        {
          ...options,
          threads,
          signal: controller.signal,
          onProgress: () => controller.abort(new Error("enough")),
        },
      );
      await expect(fit).rejects.toThrow("enough");
    }
  });

  it("answer with the classes' shares where nothing can be learned", async () => {
    const rows = oneColumn(
      Array.from({ length: 40 }, () => 3),
      Array.from({ length: 40 }, (_, row) => (row < 10 ? 1 : 0)),
    );
    const fitted = await fitBoostedTrees(rows, noRows(rows), { ...settings, rounds: 2 }, options);
    const [first, second] = margins(fitted, rows);
    expect(1 / (1 + Math.exp(first - second))).toBeCloseTo(0.25, 4);
  });
});

function gainOf(rows: Samples, column: number, goesLeft: (value: number) => boolean): number {
  const share = rows.labels.reduce((sum, label) => sum + label, 0) / rows.rowCount;
  const sides = [
    { gradient: 0, rows: 0 },
    { gradient: 0, rows: 0 },
  ];
  for (let row = 0; row < rows.rowCount; row++) {
    const side = sides[goesLeft(rows.values[row * rows.columnCount + column]) ? 0 : 1];
    side.gradient += share - rows.labels[row];
    side.rows++;
  }
  return sides.reduce((sum, side) => sum + (side.rows > 0 ? side.gradient ** 2 / side.rows : 0), 0);
}

function crossEntropy(fitted: BoostedTrees, { labels, values, rowCount, classCount }: Samples): number {
  const sums = predictEnsemble(fitted.ensemble, values, rowCount);
  let loss = 0;
  for (let row = 0; row < rowCount; row++) {
    const own = sums.subarray(row * classCount, (row + 1) * classCount);
    loss += Math.log(own.reduce((sum, margin) => sum + Math.exp(margin), 0)) - own[labels[row]];
  }
  return loss / rowCount;
}
