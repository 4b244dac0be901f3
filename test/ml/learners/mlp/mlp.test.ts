import { describe, expect, it } from "vitest";
import {
  FitError,
  type FitOptions,
  type FittedLearner,
  type Samples,
} from "../../../../packages/ml/src/learners/learner.ts";
import { mlp } from "../../../../packages/ml/src/learners/mlp/mlp.ts";
import type { MlpSettings } from "../../../../packages/ml/src/learners/mlp/mlp-settings.ts";
import { batchBoundaries } from "../../../../packages/ml/src/learners/mlp/trainer.ts";
import { logLoss } from "../../../../packages/ml/src/metrics/log-loss.ts";
import { mostProbable } from "../../../../packages/ml/src/metrics/most-probable.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { type BlobOptions, blobs, throughGraph } from "../../fixtures/learner-samples.ts";

const settings: MlpSettings = {
  learner: "mlp",
  hiddenUnits: [16, 16],
  members: 3,
  bins: 6,
  epochs: 30,
  batchSize: 16,
  learningRate: 5e-3,
  schedule: "constant",
  warmUp: 0.1,
  weightDecay: 0.01,
  dropout: 0.1,
  labelSmoothing: 0,
  stopOn: "macro-f1",
  patience: 30,
};
const options: FitOptions = { seed: 3, threads: 1 };

function accuracy(fitted: FittedLearner, samples: Samples): number {
  const predicted = mostProbable(fitted.predict(samples.values, samples.rowCount), samples.classCount);
  return predicted.filter((label, row) => label === samples.labels[row]).length / samples.rowCount;
}

describe("the network", () => {
  const training = blobs({ rowCount: 300, columnCount: 5, classCount: 3 });
  const validation = blobs({ rowCount: 90, columnCount: 5, classCount: 3, seed: 2 });

  const forms: [string, Partial<MlpSettings>][] = [
    ["an ensemble on encoded columns", {}],
    ["an ensemble on plain columns", { bins: 0 }],
    ["an ensemble of one hidden layer", { hiddenUnits: [16] }],
    ["a single network on encoded columns", { members: 1 }],
    ["a single network on plain columns", { members: 1, bins: 0 }],
    ["a network under the cosine schedule, stopped by its loss", { schedule: "cosine", stopOn: "loss" }],
    ["a network of smoothed labels", { labelSmoothing: 0.1 }],
  ];
  it.each(forms)("as %s learns classes that lie apart, and its ONNX form answers the same", async (_, changes) => {
    const fitted = await mlp.fit(training, validation, { ...settings, ...changes }, options);
    expect(accuracy(fitted, validation)).toBeGreaterThan(0.9);
    const expected = fitted.predict(validation.values, validation.rowCount);
    const found = await throughGraph(fitted, validation);
    for (const [cell, value] of expected.entries()) expect(found[cell]).toBeCloseTo(value, 5);
  });

  it("learns what no line parts", async () => {
    const random = createRandom(8);
    const circle = (rowCount: number): Samples => {
      const values = Float32Array.from({ length: 2 * rowCount }, () => 4 * random.uniform() - 2);
      const inside = (row: number) => (values[2 * row] ** 2 + values[2 * row + 1] ** 2 < 1.6 ? 1 : 0);
      const labels = Int32Array.from({ length: rowCount }, (_, row) => inside(row));
      return { rowCount, columnCount: 2, classCount: 2, values, labels, weights: new Float32Array(rowCount).fill(1) };
    };
    const fitted = await mlp.fit(circle(600), circle(150), { ...settings, epochs: 60, dropout: 0 }, options);
    expect(accuracy(fitted, circle(300))).toBeGreaterThan(0.93);
  });

  it("is the same to the bit for the same seed, whatever the number of threads, and another for another", async () => {
    const probabilitiesOf = async (seed: number, threads: number) =>
      (await mlp.fit(training, validation, { ...settings, epochs: 5 }, { seed, threads })).predict(
        validation.values,
        validation.rowCount,
      );
    const once = await probabilitiesOf(3, 1);
    expect(await probabilitiesOf(3, 1)).toEqual(once);
    expect(await probabilitiesOf(3, 2)).toEqual(once);
    expect(await probabilitiesOf(4, 1)).not.toEqual(once);
  });

  it("returns the weights of its best epoch and tells every epoch's figures", async () => {
    const seen: number[] = [];
    const noisy = blobs({ rowCount: 60, columnCount: 5, classCount: 3, distance: 0.5 });
    const held = blobs({ rowCount: 60, columnCount: 5, classCount: 3, distance: 0.5, seed: 7 });
    const fitted = await mlp.fit(noisy, held, settings, {
      ...options,
      onProgress: ({ epoch }) => {
        seen.push(epoch);
      },
    });
    expect(seen).toEqual(fitted.curve.map(({ epoch }) => epoch));
    const best = fitted.curve[fitted.bestEpoch - 1];
    const highest = Math.max(...fitted.curve.map(({ validationMacroF1 }) => validationMacroF1));
    expect(best.validationMacroF1).toBe(highest);
    const stopped = await mlp.fit(noisy, held, { ...settings, epochs: fitted.bestEpoch }, options);
    expect(stopped.predict(held.values, 60)).toEqual(fitted.predict(held.values, 60));
  });

  it("stopped by its loss, returns the weights of the least", async () => {
    const noisy = blobs({ rowCount: 60, columnCount: 5, classCount: 3, distance: 0.5 });
    const held = blobs({ rowCount: 60, columnCount: 5, classCount: 3, distance: 0.5, seed: 7 });
    const fitted = await mlp.fit(noisy, held, { ...settings, stopOn: "loss" }, options);
    const losses = fitted.curve.map(({ validationLoss }) => validationLoss);
    expect(losses[fitted.bestEpoch - 1]).toBe(Math.min(...losses));
    expect(logLoss(fitted.predict(held.values, 60), held.labels, 3)).toBeCloseTo(Math.min(...losses), 5);
  });

  it("stops once patience is over", async () => {
    const noise = blobs({ rowCount: 60, columnCount: 3, classCount: 2, distance: 0 });
    const other = blobs({ rowCount: 40, columnCount: 3, classCount: 2, distance: 0, seed: 5 });
    const fitted = await mlp.fit(noise, other, { ...settings, epochs: 500, patience: 4 }, options);
    expect(fitted.curve.length).toBeLessThan(500);
    const figures = fitted.curve.map(({ validationMacroF1 }) => validationMacroF1);
    expect(figures.length - 1 - figures.indexOf(Math.max(...figures))).toBe(4);
  });

  it("listens to weights: a class that weighs next to nothing is given up", async () => {
    const mixed = blobs({ rowCount: 400, columnCount: 2, classCount: 2, distance: 0 });
    const weights = mixed.weights.map((_, row) => (mixed.labels[row] === 0 ? 1.999 : 0.001));
    const fitted = await mlp.fit({ ...mixed, weights }, mixed, { ...settings, epochs: 20 }, options);
    const predicted = mostProbable(fitted.predict(mixed.values, 400), 2);
    expect(predicted.filter((label) => label === 0).length).toBeGreaterThan(395);
  });

  const shapes: [string, BlobOptions, Partial<MlpSettings>][] = [
    ["one column", { rowCount: 40, columnCount: 1, classCount: 2 }, {}],
    ["5,000 columns", { rowCount: 40, columnCount: 5_000, classCount: 2 }, {}],
    ["200 classes", { rowCount: 400, columnCount: 8, classCount: 200 }, {}],
    ["two rows", { rowCount: 2, columnCount: 3, classCount: 2 }, {}],
    ["batches of one row", { rowCount: 7, columnCount: 3, classCount: 2 }, { batchSize: 1 }],
    ["a row more than a batch", { rowCount: 17, columnCount: 3, classCount: 2 }, { batchSize: 16 }],
    ["a hidden layer of one unit", { rowCount: 20, columnCount: 3, classCount: 2 }, { hiddenUnits: [1] }],
    ["eight hidden layers", { rowCount: 20, columnCount: 3, classCount: 2 }, { hiddenUnits: new Array(8).fill(4) }],
  ];
  for (const [name, shape, changes] of shapes) {
    it(`takes ${name}`, async () => {
      const fitted = await mlp.fit(
        blobs(shape),
        blobs({ ...shape, seed: 2 }),
        { ...settings, ...changes, epochs: 3 },
        options,
      );
      expect(fitted.curve).toHaveLength(3);
      const probabilities = fitted.predict(blobs(shape).values, shape.rowCount);
      expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    });
  }

  it("says that it did not converge where the loss is no number", async () => {
    const broken = { ...training, values: training.values.map((value) => value * 1e37) };
    const fitting = mlp.fit(broken, validation, { ...settings, bins: 0, learningRate: 1 }, options);
    await expect(fitting).rejects.toBeInstanceOf(FitError);
    await expect(fitting).rejects.toMatchObject({ code: "did-not-converge", parameters: { learner: "mlp", epoch: 1 } });
  });

  it("ends in mid-training when it is told to, and passes on what its listener throws", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const long = { ...settings, epochs: 5_000, patience: 5_000 };
    const fitting = mlp.fit(training, validation, long, {
      ...options,
      signal: stop.signal,
      onProgress: ({ epoch }) => {
        if (epoch === 2) stop.abort(reason);
      },
    });
    await expect(fitting).rejects.toBe(reason);
    const onProgress = () => Promise.reject(reason);
    await expect(mlp.fit(training, validation, long, { ...options, onProgress })).rejects.toBe(reason);
  });

  it("lets timers run while it trains", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const wide = { ...settings, hiddenUnits: [512, 512], epochs: 20 };
    await mlp.fit(training, validation, wide, options);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});

describe("batches", () => {
  it("hold every row once and differ by one row at most", () => {
    for (const [rowCount, batchSize] of [
      [1, 128],
      [129, 128],
      [1000, 7],
      [5, 1],
    ]) {
      const boundaries = batchBoundaries(rowCount, batchSize);
      const sizes = boundaries.slice(1).map((end, batch) => end - boundaries[batch]);
      expect(boundaries[0]).toBe(0);
      expect(boundaries.at(-1)).toBe(rowCount);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(batchSize);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });
});
