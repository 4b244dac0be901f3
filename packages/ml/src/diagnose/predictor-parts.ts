import type { InferenceSession } from "onnxruntime-node";
import { EncodedLayerScorer, type SharedLayer } from "../learners/mlp/scoring/encoded-layer-scorer.ts";
import { type SharedTrees, TreeScorer } from "../learners/trees/scoring/tree-scorer.ts";
import type { PrunedGraph } from "../onnx/prune-graph.ts";
import { openSession } from "../onnx/runtime.ts";
import type { SplitLayer } from "./split-model.ts";

/** What a predictor answers by; can be sent to another thread, where trees and tables stay the same bytes. */
export interface PredictorParts {
  readonly columnCount: number;
  readonly classCount: number;
  readonly full: PrunedGraph;
  /** What answers without novelty; undefined where that is the same. */
  readonly plain: PrunedGraph | undefined;
  /** What is computed before the layers; undefined where there are none. */
  readonly before: PrunedGraph | undefined;
  readonly trees: SharedTrees | undefined;
  /** Names of the values that the trees give to the graph. */
  readonly treeOutputs: readonly string[];
  readonly layers: readonly {
    readonly tables: SharedLayer;
    readonly input: string;
    readonly output: string;
  }[];
}

/** A graph in onnxruntime. */
export interface OpenGraph {
  readonly session: InferenceSession;
  /** Which of the values that could be given it takes. */
  readonly inputs: readonly string[];
}

/** The parts, ready to answer on one thread. */
export interface OpenParts {
  readonly parts: PredictorParts;
  readonly full: OpenGraph;
  readonly before: OpenGraph | undefined;
  readonly trees: TreeScorer | undefined;
  readonly layers: readonly SplitLayer[];
  /** Opens what answers without novelty. */
  openPlain(): Promise<OpenGraph>;
}

/**
 * Opens parts that another thread has opened.
 * @param thread from 1, a number for each; below `mostScoringThreads`
 */
export async function openSharedParts(parts: PredictorParts, thread: number): Promise<OpenParts> {
  const trees = parts.trees && TreeScorer.share(parts.trees, thread);
  const layers = parts.layers.map(({ tables, input, output }) => ({
    scorer: EncodedLayerScorer.share(tables, thread),
    input,
    output,
  }));
  return openGraphs(parts, { trees, layers }, 1);
}

export async function closeParts({ full, before }: Pick<OpenParts, "full" | "before">): Promise<void> {
  await before?.session.release();
  await full.session.release();
}

/**
 * Opens the graphs of some parts.
 * @param threads that one operator may use
 */
export async function openGraphs(
  parts: PredictorParts,
  scorers: Pick<OpenParts, "trees" | "layers">,
  threads: number,
): Promise<OpenParts> {
  const open = async ({ bytes, inputs }: PrunedGraph) => ({ session: await openSession(bytes, threads), inputs });
  const full = await open(parts.full);
  try {
    const before = parts.before && (await open(parts.before));
    const openPlain = async () => (parts.plain ? open(parts.plain) : full);
    return { parts, full, before, ...scorers, openPlain };
  } catch (error) {
    await full.session.release();
    throw error;
  }
}
