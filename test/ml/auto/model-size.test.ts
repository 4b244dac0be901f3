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
  expect(nodeAllowances([forest, linear, forest], [0.3, 0.6, 0.1])).toEqual([
    expect.closeTo(0.75 * mostNodes),
    expect.anything(),
    expect.closeTo(0.25 * mostNodes),
  ]);
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
