import { describe, expect, it } from "vitest";
import { fitBoostedTrees } from "../../../../../packages/ml/src/learners/trees/boosting/fit-boosted-trees.ts";
import { fitForest } from "../../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import { predictEnsemble } from "../../../../../packages/ml/src/learners/trees/predict-ensemble.ts";
import { explainRow } from "../../../../../packages/ml/src/learners/trees/shap/tree-shap.ts";
import { goesLeft, type Tree, type TreeEnsemble } from "../../../../../packages/ml/src/learners/trees/tree.ts";
import { labelledRows, noRows } from "../labelled-rows.ts";

const columnCount = 6;
const rows = labelledRows({ rowCount: 400, columnCount, classCount: 3, gapShare: 0.15 });
const rowAt = (row: number) => rows.values.subarray(row * columnCount, (row + 1) * columnCount);

const boosted = async () => {
  const settings = {
    rounds: 20,
    learningRate: 0.2,
    leaves: 12,
    bins: 32,
    l2: 1,
    minLeafRows: 4,
    minLeafHessian: 1e-3,
    columnShare: 1,
    rowShare: 1,
    patience: 20,
  };
  return (await fitBoostedTrees(rows, noRows(rows), settings, { seed: 1, threads: 1 })).ensemble;
};
const forest = async () => {
  const settings = {
    trees: 10,
    columnShare: 0.5,
    minLeafRows: 1,
    maxDepth: 1_000,
    bootstrap: false,
    split: "random",
  } as const;
  return (await fitForest(rows, noRows(rows), settings, { seed: 1, threads: 1 })).ensemble;
};

describe.each([
  ["boosted trees", boosted],
  ["extra trees", forest],
])("the explanation of %s", (_, fitted) => {
  it("adds up to the output", async () => {
    const ensemble = await fitted();
    const sums = predictEnsemble(ensemble, rows.values, rows.rowCount);
    for (let row = 0; row < 50; row++) {
      const { base, values } = explainRow(ensemble, rowAt(row));
      for (let output = 0; output < 3; output++) {
        let total = base[output];
        for (let column = 0; column < columnCount; column++) total += values[column * 3 + output];
        expect(Math.abs(total - sums[row * 3 + output])).toBeLessThan(1e-5);
      }
    }
  });

  it("is that of Shapley's formula over all subsets of columns", async () => {
    const ensemble = await fitted();
    for (const row of [0, 7, 23]) {
      const expected = shapley(ensemble, rowAt(row));
      const { values } = explainRow(ensemble, rowAt(row));
      for (const [cell, value] of values.entries()) expect(value).toBeCloseTo(expected[cell], 6);
    }
  });
});

/** Outputs where only the columns of a subset (bits) are known, the others going the ways of the training rows. */
function expectation(tree: Tree, row: Float32Array, known: number, outputs: Float64Array, node = 0, share = 1): void {
  const column = tree.columns[node];
  if (column < 0) {
    for (let at = tree.valueStarts[node]; at < tree.valueStarts[node + 1]; at++) {
      outputs[tree.outputs[at]] += share * tree.values[at];
    }
    return;
  }
  const { left, right, cover } = tree;
  if (known & (1 << column)) {
    const child = goesLeft(tree, node, row[column]) ? left[node] : right[node];
    expectation(tree, row, known, outputs, child, share);
  } else {
    for (const child of [left[node], right[node]]) {
      expectation(tree, row, known, outputs, child, (share * cover[child]) / cover[node]);
    }
  }
}

function shapley({ trees, outputCount }: TreeEnsemble, row: Float32Array): Float64Array {
  const subsets = 2 ** columnCount;
  const outputs = Array.from({ length: subsets }, (_, known) => {
    const sums = new Float64Array(outputCount);
    for (const tree of trees) expectation(tree, row, known, sums);
    return sums;
  });
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const values = new Float64Array(columnCount * outputCount);
  for (let column = 0; column < columnCount; column++) {
    for (let known = 0; known < subsets; known++) {
      if (known & (1 << column)) continue;
      const size = known.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(columnCount - size - 1)) / factorial(columnCount);
      for (let output = 0; output < outputCount; output++) {
        const gain = outputs[known | (1 << column)][output] - outputs[known][output];
        values[column * outputCount + output] += weight * gain;
      }
    }
  }
  return values;
}
