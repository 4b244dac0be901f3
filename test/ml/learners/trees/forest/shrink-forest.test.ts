import { describe, expect, it } from "vitest";
import { fitForest } from "../../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import { nodesOf, shrinkForest } from "../../../../../packages/ml/src/learners/trees/forest/shrink-forest.ts";
import { predictEnsemble } from "../../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import { leafOf } from "../../../../../packages/ml/src/learners/trees/tree.ts";
import { labelledRows, noRows } from "../labelled-rows.ts";

describe("a forest that is too large", async () => {
  const rows = labelledRows({ rowCount: 600 });
  const settings = {
    trees: 120,
    columnShare: 0.5,
    minLeafRows: 1,
    maxDepth: 100,
    bootstrap: true,
    split: "best",
  } as const;
  const { ensemble } = await fitForest(rows, noRows(rows), settings, { seed: 0, threads: 1 });
  const answers = (forest: typeof ensemble) => predictEnsemble(forest, rows.values, rows.rowCount);
  const whole = answers(ensemble);

  it("stays as it is where it is small enough", () => {
    expect(shrinkForest(ensemble, nodesOf(ensemble))).toBe(ensemble);
  });

  it.each([0.9, 0.5, 0.1])("has at most %d of its nodes then, and answers much the same", (share) => {
    const most = Math.floor(share * nodesOf(ensemble));
    const small = shrinkForest(ensemble, most);
    expect(nodesOf(small)).toBeLessThanOrEqual(most);
    expect(nodesOf(small)).toBeGreaterThan(0.5 * most);
    const less = answers(small);
    let apart = 0;
    for (let row = 0; row < rows.rowCount; row++) {
      let sum = 0;
      for (let cell = row * rows.classCount; cell < (row + 1) * rows.classCount; cell++) {
        sum += less[cell]!;
        apart += Math.abs(less[cell]! - whole[cell]!);
      }
      expect(sum).toBeCloseTo(1, 5);
    }
    expect(apart / less.length).toBeLessThan(0.15);
  });

  it("keeps a hundred trees at least, each of a node or more", () => {
    const small = shrinkForest(ensemble, 400);
    expect(small.trees.length).toBe(100);
    for (const tree of small.trees) expect(leafOf(tree, rows.values, 0)).toBeLessThan(tree.columns.length);
  });
});
