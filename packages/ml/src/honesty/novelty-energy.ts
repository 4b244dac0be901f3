import type { Samples } from "../learners/learner.ts";
import type { BoostingSettings } from "../learners/trees/boosting/boosting-settings.ts";
import { fitBoostedTrees } from "../learners/trees/boosting/fit-boosted-trees.ts";
import { addEnsemble } from "../learners/trees/ensemble-nodes.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { fitTwice, type NoveltyTrees, noRowsOf, tellEachRow } from "./novelty-trees.ts";

const settings: Omit<BoostingSettings, "columnShare"> = {
  rounds: 40,
  learningRate: 0.1,
  leaves: 4,
  bins: 64,
  l2: 1,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  rowShare: 1,
  patience: 40,
};
/** Each tree looks at this share of the columns, and at no more than so many: that bounds its time. */
const columnShare = 0.5;
const mostColumns = 256;
/** With two classes there is one margin, which is high for the one and low for the other. */
const leastClasses = 3;

/**
 * Boosted trees with every class of the same weight. They are small: those that know each row by heart are as sure of a
 * stranger.
 * @param rows which rows
 * @param labels class index per row of `rows`
 * @returns undefined where there are fewer than three classes, or next to no rows
 */
export async function fitEnergy(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<NoveltyTrees | undefined> {
  if (classCount < leastClasses) return undefined;
  const order = { ...settings, columnShare: Math.min(columnShare, mostColumns / raw.columnCount) };
  const fit = async (samples: Samples) => {
    const options = { seed: 0, threads: 1, ...(signal && { signal }) };
    return (await fitBoostedTrees(samples, noRowsOf(samples), order, options)).ensemble;
  };
  return fitTwice(raw, rows, labels, classCount, fit, energies, signal);
}

/**
 * Free energy per row, −ln Σ exp(margin): high where no class claims the row (W. Liu et al., "Energy-based
 * out-of-distribution detection", 2020).
 */
export async function energies(
  ensemble: TreeEnsemble,
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  return tellEachRow(ensemble, raw, rows, (margins) => -logSumExp(margins), signal);
}

function logSumExp(values: Float64Array): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) greatest = Math.max(greatest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - greatest);
  return greatest + Math.log(sum);
}

/**
 * @param features name of a float32 tensor `[N, columns]`, NaN for a gap
 * @returns name of a float32 tensor `[N, 1]` of energies
 */
export function addEnergy(graph: GraphBuilder, features: string, ensemble: TreeEnsemble): string {
  const margins = addEnsemble(graph, features, ensemble);
  // The first class's logarithm of the softmax is its margin less what is sought.
  const first = graph.addInts(0);
  const firstOf = (value: string) => graph.addNode("Gather", [value, first], { attributes: { axis: { int: 1 } } });
  const logs = graph.addNode("LogSoftmax", [margins], { attributes: { axis: { int: 1 } } });
  return graph.addNode("Sub", [firstOf(logs), firstOf(margins)]);
}
