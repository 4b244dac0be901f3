import { describe, expect, it } from "vitest";
import type { FittedLearner, Samples } from "../../../../../packages/ml/src/learners/learner.ts";
import { fitBoostedTrees } from "../../../../../packages/ml/src/learners/trees/boosting/fit-boosted-trees.ts";
import { extraTrees, randomForest } from "../../../../../packages/ml/src/learners/trees/forests.ts";
import { gbdt } from "../../../../../packages/ml/src/learners/trees/gbdt.ts";
import { predictEnsemble } from "../../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import { softmaxRows } from "../../../../../packages/ml/src/learners/trees/softmax-rows.ts";
import type { TreeEnsemble } from "../../../../../packages/ml/src/learners/trees/tree.ts";
import type { FittedTrees } from "../../../../../packages/ml/src/learners/trees/tree-learner.ts";
import { logLoss } from "../../../../../packages/ml/src/metrics/log-loss.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";
import { labelledRows, noRows } from "../labelled-rows.ts";

const options = { seed: 1, threads: 1 };
const columnCount = 14;
const classCount = 4;
const boosting = {
  rounds: 80,
  learningRate: 0.08,
  leaves: 8,
  bins: 255,
  l2: 0,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  columnShare: 0.6,
  rowShare: 0.8,
  patience: 80,
};
const forest = { trees: 60, columnShare: 0.5, minLeafRows: 1, maxDepth: 1_000 };

type Learn = (rows: Samples) => Promise<FittedLearner>;

/** As the product fits them. */
const learners: Readonly<Record<string, Learn>> = {
  gbdt: (rows) => gbdt.fit(rows, noRows(rows), { learner: "gbdt", ...boosting }, options),
  "random forest": (rows) => randomForest.fit(rows, noRows(rows), { learner: "random-forest", ...forest }, options),
  "extra trees": (rows) => extraTrees.fit(rows, noRows(rows), { learner: "extra-trees", ...forest }, options),
};

/** Sides that the gaps of a column are sent to. */
function sidesOf({ trees }: TreeEnsemble, column: number): Set<number> {
  return new Set(trees.flatMap(({ columns, gapsLeft }) => [...gapsLeft].filter((_, node) => columns[node] === column)));
}

describe.each(Object.entries(learners))("%s", (_, learn) => {
  it("sends gaps that tell nothing, and those that no training row has, to either side", async () => {
    const rows = labelledRows({ rowCount: 400, columnCount, classCount, gapShare: 0 });
    const random = createRandom(9);
    const [silent, none] = [2, 4];
    for (let row = 0; row < 400; row++) {
      if (random.uniform() < 0.25) rows.values[row * columnCount + silent] = Number.NaN;
    }
    const { ensemble } = (await learn(rows)) as FittedTrees;
    expect(sidesOf(ensemble, silent)).toEqual(new Set([0, 1]));
    expect(sidesOf(ensemble, none)).toEqual(new Set([0, 1]));
  });

  it("learns from gaps that tell of the class", async () => {
    const rows = labelledRows({ rowCount: 400, columnCount, classCount, gapShare: 0, distance: 0.2 });
    const noise = 3;
    for (const [row, label] of rows.labels.entries()) {
      if (label === 2) rows.values[row * columnCount + noise] = Number.NaN;
    }
    const learned = await learn(rows);
    const fresh = labelledRows({ rowCount: 200, columnCount, classCount, gapShare: 0, distance: 0.2, seed: 5 });
    const answerOf = (gap: boolean) => {
      const values = fresh.values.map((value, cell) => (gap && cell % columnCount === noise ? Number.NaN : value));
      const answers = learned.predict(values, 200);
      return answers.filter((_, cell) => cell % classCount === 2).reduce((sum, value) => sum + value / 200, 0);
    };
    expect(answerOf(true)).toBeGreaterThan(0.7);
    expect(answerOf(false)).toBeLessThan(0.2);
  });
});

describe("boosted trees", () => {
  it("err less where KPIs are missing that were there in the training", async () => {
    const rows = labelledRows({ rowCount: 400, columnCount, classCount, gapShare: 0 });
    const later = labelledRows({ rowCount: 1_000, columnCount, classCount, gapShare: 0.25, seed: 2 });
    const lossOf = (answers: Float32Array) => logLoss(answers, later.labels, classCount);
    const drawn = await learners.gbdt(rows);
    const { ensemble } = await fitBoostedTrees(rows, noRows(rows), boosting, options);
    const tried = softmaxRows(predictEnsemble(ensemble, later.values, later.rowCount), classCount);
    expect(lossOf(drawn.predict(later.values, later.rowCount))).toBeLessThan(lossOf(tried));
  });
});
