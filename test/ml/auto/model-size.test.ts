import { expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { copiesWithin, lightened, mostNodes, nodeAllowances } from "../../../packages/ml/src/auto/model-size.ts";
import { nodesOf } from "../../../packages/ml/src/learners/trees/forest/shrink-forest.ts";
import type { FittedTrees } from "../../../packages/ml/src/learners/trees/tree-learner.ts";
import { fitPipeline } from "../../../packages/ml/src/pipeline/fit-pipeline.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const linear = { learner: "linear", l2: 1, iterations: 10 } as const;
const forest = { learner: "extra-trees", trees: 110, columnShare: 1, minLeafRows: 1, maxDepth: 100 } as const;

it("the nodes of a blend are shared by weight among the members that have any", () => {
  expect(nodeAllowances([forest, linear, forest], [0.3, 0.6, 0.1], 6)).toEqual([
    expect.closeTo(0.75 * mostNodes),
    expect.anything(),
    expect.closeTo(0.25 * mostNodes),
  ]);
});

const boosted = {
  learner: "gbdt",
  ...{ learningRate: 0.1, bins: 255, l2: 0, minLeafRows: 10, minLeafHessian: 0 },
  ...{ columnShare: 1, rowShare: 1, rounds: 100, leaves: 8, patience: 100 },
} as const;
const nodesOfBoosted = 100 * 15 * 6;

it("boosted trees have room for copies in half of the nodes, and forests get what is left", () => {
  expect(nodeAllowances([boosted, forest], [0.5, 0.5], 6)).toEqual([
    4 * nodesOfBoosted,
    mostNodes - 4 * nodesOfBoosted,
  ]);
  const many = [boosted, boosted, boosted, boosted, boosted];
  expect(nodeAllowances([...many, forest], [0, 0.2, 0.2, 0.2, 0.2, 0.2], 6)).toEqual([
    0,
    ...[1, 2, 3, 4].map(() => 2 * nodesOfBoosted),
    mostNodes - 8 * nodesOfBoosted,
  ]);
});

it("forests keep a tenth of the nodes beside boosted trees that take more than there are", () => {
  const large = { ...boosted, rounds: 10_000 };
  expect(nodeAllowances([large, forest], [0.9, 0.1], 6)).toEqual([100 * nodesOfBoosted, 0.1 * mostNodes]);
});

it("a forest becomes as small as it may be, and answers as its graph does", async () => {
  const { values, labels, featureNames, rowCount } = syntheticTable({
    rowsPerClass: [60, 60],
    columns: 4,
    distance: 1,
  });
  const rows = { raw: { values, columnCount: featureNames.length }, labels: labels!, classCount: 2 };
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const { learner: _, ...settings } = TrainingSettings.parse({});
  const fit = await fitPipeline(rows, all, new Int32Array(0), forest, settings, { seed: 0, threads: 1 });
  const nodes = nodesOf((fit.fitted as FittedTrees).ensemble);
  expect(lightened(fit, forest, nodes)).toBe(fit);
  expect(lightened(fit, linear, 10)).toBe(fit);
  expect([copiesWithin(fit, 3.5 * nodes), copiesWithin(fit, 10)]).toEqual([3, 1]);
  const light = lightened(fit, forest, nodes / 4);
  expect(nodesOf((light.fitted as FittedTrees).ensemble)).toBeLessThanOrEqual(nodes / 4);
  const probabilities = await light.pipeline.predict(rows.raw, all);
  for (let row = 0; row < rowCount; row++)
    expect(probabilities[2 * row]! + probabilities[2 * row + 1]!).toBeCloseTo(1, 5);
});
