import { expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { type Contender, createContender } from "../../../packages/ml/src/auto/contender.ts";
import { fitMembers, fitOthers, type LastFitOptions } from "../../../packages/ml/src/auto/last-fits.ts";
import type { TimeBudget } from "../../../packages/ml/src/auto/time-budget.ts";
import { createCalibrator } from "../../../packages/ml/src/honesty/calibrator.ts";
import type { LearnerSettings } from "../../../packages/ml/src/learners/registry.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const { learner: _, ...settings } = TrainingSettings.parse({ selection: "none" });
const linear: LearnerSettings = { learner: "linear", l2: 1, iterations: 30 };
const majority: LearnerSettings = { learner: "majority" };
const boosting: LearnerSettings = {
  ...{ learner: "gbdt", rounds: 10, learningRate: 0.2, leaves: 4, bins: 32, l2: 0, minLeafRows: 2 },
  ...{ minLeafHessian: 1e-3, columnShare: 0.5, rowShare: 0.7, patience: 10 },
};

const table = syntheticTable({ rowsPerClass: [60, 20], columns: 3, distance: 0.7 });
const rows = { raw: { values: table.values, columnCount: 3 }, labels: table.labels!, classCount: 2 };
const all = Int32Array.from({ length: 80 }, (_, row) => row);
/** As many of both classes. */
const even = all.filter((row) => row >= 40);
const unlimited: TimeBudget = { elapsed: () => 0, affords: () => true, bounded: (signal, run) => run(signal) };

function scored(learner: LearnerSettings, lastSeconds = 1): Contender {
  return Object.assign(createContender({ learner }), { status: "scored", lastSeconds });
}

function lastFits(contenders: readonly Contender[], weights: readonly number[], changes: Partial<LastFitOptions> = {}) {
  const shares = { weights, calibrators: contenders.map((_, index) => createCalibrator(1 + index, 2)) };
  const options = { seed: 1, threads: 1, budget: unlimited, lastFitFactor: 2, contenders, ...changes };
  return fitMembers(rows, all, even, contenders, shares, settings, options);
}

it("members come by their weights, each calibrated by its own temperature", async () => {
  const members = await lastFits([scored(majority), scored(linear)], [0.3, 0.7]);
  expect(members.map(({ contender }) => contender.candidate.learner)).toEqual(["linear", "majority"]);
  expect(members.map(({ weight }) => weight)).toEqual([0.7, 0.3]);
  const [{ fit: own, pipeline }] = members;
  const plain = await own.pipeline.predict(rows.raw, all);
  expect(await pipeline.predict(rows.raw, all)).toEqual(createCalibrator(2, 2).apply(plain));
  expect([...own.prior]).toEqual([0.75, 0.25]);
});

it("of few rows, boosted trees of several seeds are averaged", async () => {
  const [{ fit: one, pipeline }] = await lastFits([scored(boosting)], [1]);
  const single = await one.pipeline.predict(rows.raw, all);
  const averaged = await pipeline.predict(rows.raw, all);
  const difference = Math.max(...averaged.map((probability, cell) => Math.abs(probability - single[cell])));
  expect(difference).toBeGreaterThan(0.01);
});

it("one that time does not allow is told of, and the others share its weight", async () => {
  const slow = scored(linear, 100);
  const quick = scored(majority, 1);
  const budget = { ...unlimited, affords: (seconds: number) => seconds < 50 };
  const members = await lastFits([quick, slow], [0.6, 0.4], { budget });
  expect(members.map(({ weight }) => weight)).toEqual([1]);
  expect(slow.reason).toBe("out-of-time");
});

it("so is one that fails; where all fail, it is told why", async () => {
  const wide = syntheticTable({ rowsPerClass: [20, 20], columns: 260, gapShare: 0.1 });
  const wideRows = { raw: { values: wide.values, columnCount: 260 }, labels: wide.labels!, classCount: 2 };
  const which = Int32Array.from({ length: 40 }, (_, row) => row);
  const contenders = [scored(linear), scored(boosting)];
  const shares = { weights: [0.6, 0.4], calibrators: contenders.map(() => createCalibrator(1, 2)) };
  const order = { ...settings, imputer: "iterative" } as const;
  const options = { seed: 1, threads: 1, budget: unlimited, lastFitFactor: 1, contenders };
  const members = await fitMembers(wideRows, which, which, contenders, shares, order, options);
  expect(members.map(({ contender, weight }) => [contender, weight])).toEqual([[contenders[1], 1]]);
  expect(contenders[0].reason).toBe("data-unusable");
  const alone = fitMembers(wideRows, which, which, [contenders[0]], { ...shares, weights: [1] }, order, options);
  await expect(alone).rejects.toMatchObject({ name: "TrainingError", parameters: { reason: "too-many-columns" } });
});

it("where time is short, the rows that were compared have to do, and the first is fitted whatever it takes", async () => {
  const budget = { ...unlimited, affords: () => false };
  const members = await lastFits([scored(linear, 100)], [1], { budget });
  expect([...members[0].fit.prior]).toEqual([0.5, 0.5]);
});

it("the others are fitted too where that is asked for, but for those that time does not allow", async () => {
  const member = scored(linear);
  const contenders = [member, scored(majority, 100), scored(boosting, 100), createContender({ learner: linear })];
  for (const contender of contenders.slice(0, 3)) contender.scores.push({ macroF1: 1, accuracy: 1, loss: 0 });
  const budget = { ...unlimited, affords: (seconds: number) => seconds < 50 };
  const options = { seed: 1, threads: 1, budget, lastFitFactor: 1, contenders };
  const members = await lastFits([member], [1]);
  const others = await fitOthers(rows, all, contenders, members, settings, options);
  expect(others.map(({ candidate }) => candidate.learner)).toEqual(["majority"]);
});
