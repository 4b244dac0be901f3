import type { Samples } from "../learners/learner.ts";
import { addEnsemble } from "../learners/trees/ensemble-nodes.ts";
import type { ForestSettings } from "../learners/trees/forest/forest-settings.ts";
import { growForest } from "../learners/trees/forest/grow-forest.ts";
import { shrinkForest } from "../learners/trees/forest/shrink-forest.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { addRowSum } from "../onnx/row-sum.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { fitTwice, type NoveltyTrees, tellEachRow } from "./novelty-trees.ts";

const settings: Omit<ForestSettings, "columnShare"> = {
  trees: 60,
  minLeafRows: 2,
  maxDepth: 100,
  bootstrap: true,
  split: "best",
};
/** Of the columns each node looks at this share, and at no more than so many. */
const columnShare = 0.3;
const mostColumns = 40;
const leastClasses = 3;
/** More would only grow nodes that are cut off again. */
const mostRows = 2_000;
/** Bounds what the trees add to the model's file and to the memory of a diagnosis. */
const mostNodes = 15_000;
/** Shares below count as this: their logarithm has to be a number. */
const leastShare = 1e-9;

/**
 * A random forest with every class of the same weight.
 * @param rows which rows
 * @param labels class index per row of `rows`
 * @returns undefined where there are fewer than three classes, or next to no rows
 */
export async function fitDoubt(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<NoveltyTrees | undefined> {
  if (classCount < leastClasses) return undefined;
  const step = Math.max(1, Math.ceil(rows.length / mostRows));
  const places = Int32Array.from(rows.keys()).filter((place) => place % step === 0);
  const order = { ...settings, columnShare: Math.min(columnShare, mostColumns / raw.columnCount) };
  const fit = async (samples: Samples) => shrinkForest(await growForest(samples, order, 0, signal), mostNodes);
  const taken = places.map((place) => rows[place]);
  const own = places.map((place) => labels[place]);
  return fitTwice(raw, taken, own, classCount, fit, doubts, signal);
}

/** Entropy per row of the trees' votes, in nats: high where they are at odds over the class. */
export function doubts(
  ensemble: TreeEnsemble,
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const entropy = (shares: Float64Array) => {
    let sum = 0;
    for (const share of shares) sum -= Math.max(share, 0) * Math.log(Math.max(share, leastShare));
    return sum;
  };
  return tellEachRow(ensemble, raw, rows, entropy, signal);
}

/**
 * @param features name of a float32 tensor `[N, columns]`, NaN for a gap
 * @returns name of a float32 tensor `[N, 1]` of entropies
 */
export function addDoubt(graph: GraphBuilder, features: string, ensemble: TreeEnsemble): string {
  const votes = addEnsemble(graph, features, ensemble);
  const held = graph.addNode("Max", [votes, graph.addScalar("float32", leastShare)]);
  const terms = graph.addNode("Mul", [graph.addNode("Relu", [votes]), graph.addNode("Log", [held])]);
  return graph.addNode("Neg", [addRowSum(graph, terms, ensemble.outputCount)]);
}
