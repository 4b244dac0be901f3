import { describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import type { Candidate } from "../../../packages/ml/src/auto/candidate.ts";
import { type RaceOptions, race } from "../../../packages/ml/src/auto/race.ts";
import type { TimeBudget } from "../../../packages/ml/src/auto/time-budget.ts";
import { FitError } from "../../../packages/ml/src/learners/learner.ts";
import type { LearnerSettings } from "../../../packages/ml/src/learners/registry.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const { learner: _, ...settings } = TrainingSettings.parse({ selection: "none" });
const linear: LearnerSettings = { learner: "linear", l2: 1, iterations: 30 };
const trees: LearnerSettings = {
  ...{ learner: "extra-trees", trees: 20, columnShare: 1, minLeafRows: 1, maxDepth: 30 },
};
const boosting: LearnerSettings = {
  ...{ learner: "gbdt", rounds: 60, learningRate: 0.3, leaves: 8, bins: 32, l2: 0, minLeafRows: 2 },
  ...{ minLeafHessian: 1e-3, columnShare: 1, rowShare: 1, patience: 20 },
};
const unlimited: TimeBudget = { elapsed: () => 0, affords: () => true, bounded: (signal, run) => run(signal) };

function run(table: Table, learners: readonly LearnerSettings[], options: Partial<RaceOptions> = {}, folds = 3) {
  const { labels, classes, values, featureNames, rowCount } = table;
  const rows = { raw: { values, columnCount: featureNames.length }, labels: labels!, classCount: classes!.length };
  const candidates = learners.map((learner): Candidate => ({ learner }));
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const defaults = { seed: 1, threads: 1, budget: unlimited, lastFitFactor: 1 };
  return race(rows, all, candidates, folds, settings, { ...defaults, ...options });
}

/** Ends the fits of extra trees from a fold on, as if the time were over. */
function endTrees(fromFit: number): TimeBudget {
  let fits = 0;
  return {
    ...unlimited,
    bounded: (signal, work) => {
      if (++fits >= fromFit) throw new FitError("out-of-time", { seconds: 1 });
      return work(signal);
    },
  };
}

const easy = syntheticTable({ rowsPerClass: [30, 30, 30], columns: 4 });

describe("a race", () => {
  it("scores each candidate on every row once", async () => {
    const { contenders, folds } = await run(easy, [linear, trees]);
    expect(folds.flatMap((fold) => [...fold]).sort((a, b) => a - b)).toEqual([...new Array(90).keys()]);
    for (const { status, predictions, scores } of contenders) {
      expect(status).toBe("scored");
      expect(predictions.map(({ length }) => length)).toEqual(folds.map(({ length }) => 3 * length));
      expect(scores).toHaveLength(3);
    }
  });

  it("does not let a model see the labels that it is scored by", async () => {
    const random = createRandom(3);
    const many = syntheticTable({ rowsPerClass: [50, 50, 50], columns: 4 });
    const noise: Table = { ...many, labels: many.labels!.map(() => random.below(3)) };
    const [forest, boosted] = (await run(noise, [trees, boosting])).contenders;
    for (const { accuracy } of forest.scores) expect(accuracy).toBeLessThan(0.6);
    expect(boosted.bestEpoch).toBeLessThan(20);
    expect(boosted.settings).toMatchObject({ rounds: boosted.bestEpoch, patience: boosted.bestEpoch });
  });

  it("tells of each fit before it, and of what is done or will not be, so that the sum is that of the plan", async () => {
    const told: string[] = [];
    let done = 0;
    await run(easy, [{ learner: "majority" }, linear, boosting], {
      onFit: (learner, fold) => void told.push(`${learner} ${fold}`),
      onFitDone: (_settings, fits) => {
        done += fits;
      },
    });
    expect(told.slice(0, 4)).toEqual(["majority 1", "linear 1", "gbdt 0", "gbdt 1"]);
    expect(done).toBe(3 + 3 + 4);
  });
});

describe("where time runs out", () => {
  it("a candidate that is much better than all others counts by the folds that it went through", async () => {
    const { contenders, folds } = await run(easy, [{ learner: "majority" }, trees], { budget: endTrees(2) });
    expect(folds).toHaveLength(1);
    expect(contenders.map(({ status }) => status)).toEqual(["scored", "scored"]);
    expect(contenders.map(({ predictions }) => predictions.length)).toEqual([1, 1]);
    expect(contenders[1].reason).toBeUndefined();
  });

  it("one that is hardly better is left out, and the others count by all folds", async () => {
    const { contenders, folds } = await run(easy, [linear, trees], { budget: endTrees(2) });
    expect(folds).toHaveLength(3);
    expect(contenders[1]).toMatchObject({ status: "stopped-early", reason: "out-of-time" });
  });

  it("the race ends after two folds, of which the first three candidates have both", async () => {
    const budget = { ...unlimited, affords: () => false };
    const learners = [{ learner: "majority" }, linear, boosting, trees] as const;
    const { contenders, folds } = await run(easy, learners, { budget }, 5);
    expect(folds).toHaveLength(2);
    expect(contenders.map(({ status }) => status)).toEqual(["scored", "scored", "scored", "stopped-early"]);
    expect(contenders[3].reason).toBe("out-of-time");
  });

  it("what fails is told of, and what made it fail is kept", async () => {
    const failure = new FitError("out-of-memory", { memoryMiB: 9 });
    const budget = { ...unlimited, bounded: () => Promise.reject(failure) };
    const raced = await run(easy, [linear, trees], { budget });
    expect(raced.failure).toBe(failure);
    expect(raced.contenders[1]).toMatchObject({ status: "failed", reason: "out-of-memory", scores: [] });
    const end = new AbortController();
    end.abort(new Error("not wanted any more"));
    await expect(run(easy, [linear], { signal: end.signal })).rejects.toThrow("not wanted any more");
  });
});
