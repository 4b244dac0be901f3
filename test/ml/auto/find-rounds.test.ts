import { expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { findRounds, stopsEarly } from "../../../packages/ml/src/auto/find-rounds.ts";
import type { LearnerSettings } from "../../../packages/ml/src/learners/registry.ts";
import { stratifiedFolds } from "../../../packages/ml/src/pipeline/stratified-folds.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const { learner: _, ...settings } = TrainingSettings.parse({ selection: "none" });
const boosting: LearnerSettings = {
  ...{ learner: "gbdt", rounds: 80, learningRate: 0.3, leaves: 8, bins: 32, l2: 0, minLeafRows: 2 },
  ...{ minLeafHessian: 1e-3, columnShare: 1, rowShare: 1, patience: 15 },
};
const linear: LearnerSettings = { learner: "linear", l2: 1, iterations: 30 };

function find(rowsPerClass: readonly number[], learner: LearnerSettings) {
  const { values, labels, rowCount } = syntheticTable({ rowsPerClass, columns: 4, distance: 0.6 });
  const rows = { raw: { values, columnCount: 4 }, labels: labels!, classCount: rowsPerClass.length };
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const parts = stratifiedFolds(all, rows.labels, rows.classCount, 5, createRandom(1));
  return findRounds(rows, parts, learner, settings, { seed: 1, threads: 1 });
}

it("the rounds that are best on the watched rows become the number of rounds, and nothing is watched any more", async () => {
  const found = await find([60, 60, 60], boosting);
  expect(found.bestEpoch).toBeGreaterThan(1);
  expect(found.curve.at(-1)!.epoch).toBe(found.bestEpoch + 15);
  expect(found.settings).toMatchObject({ rounds: found.bestEpoch, patience: found.bestEpoch });
  expect(stopsEarly(found.settings)).toBe(false);
});

it("where too few rows can be watched to tell, a quarter of the most rounds are run", async () => {
  const found = await find([10, 10, 10], boosting);
  expect(found).toMatchObject({ bestEpoch: 20, curve: [], settings: { rounds: 20, patience: 20 } });
});

it("a learner without rounds, or one that runs all of them, is left as it is", async () => {
  const whole = { ...boosting, patience: boosting.rounds } as LearnerSettings;
  for (const learner of [linear, whole]) {
    expect(stopsEarly(learner)).toBe(false);
    expect(await find([60, 60], learner)).toEqual({ settings: learner, curve: [], bestEpoch: 1 });
  }
});
