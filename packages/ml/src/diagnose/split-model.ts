import { ensemblesOf } from "../learners/trees/read-ensembles.ts";
import { TreeScorer } from "../learners/trees/scoring/tree-scorer.ts";
import { type GivenValue, type PrunedGraph, pruneGraph } from "../onnx/prune-graph.ts";
import { valueInfoProto } from "../onnx/schema.ts";
import { readStoredGraph } from "../onnx/stored-graph.ts";
import { WireError } from "../onnx/wire.ts";

/** A model whose trees are taken out of its graph; their outputs have become inputs of it. */
export interface SplitModel {
  /** Undefined where the model has no trees, or none that can be taken out. */
  readonly trees: TreeScorer | undefined;
  /** Names of the trees' outputs, in the scorer's order. */
  readonly treeOutputs: readonly string[];
  readonly outputNames: readonly string[];
  /** Whether the model's only input is of this name, float32 `[N, columnCount]`. */
  takes(name: string, columnCount: number): boolean;
  /** What computes some of the outputs and nothing else. */
  graphFor(outputs: readonly string[]): PrunedGraph;
}

/**
 * Splits a model into its trees and the rest, for which onnxruntime stays. Trees stay in the graph where they take
 * computed columns, or are written otherwise than by `addEnsemble`.
 * @returns undefined where the bytes are not an ONNX model that can be taken apart
 */
export function splitModel(bytes: Uint8Array, columnCount: number): SplitModel | undefined {
  try {
    return split(bytes, columnCount);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function split(bytes: Uint8Array, columnCount: number): SplitModel | undefined {
  const graph = readStoredGraph(bytes);
  const stored = ensemblesOf(graph, columnCount).flatMap(({ ensemble, columns, output }) =>
    columns ? [{ ensemble, columns, output }] : [],
  );
  const trees = stored.length > 0 ? TreeScorer.open(stored, columnCount) : undefined;
  const taken = trees ? stored : [];
  const given: GivenValue[] = taken.map(({ output, ensemble }) => ({ name: output, columns: ensemble.outputCount }));
  return {
    trees,
    treeOutputs: taken.map(({ output }) => output),
    outputNames: graph.outputs.map(({ name }) => name),
    takes: (name, columns) => {
      const [input] = graph.inputs;
      return graph.inputs.length === 1 && input.name === name && isMatrix(input.bytes, columns);
    },
    graphFor: (outputs) => pruneGraph(graph, outputs, given),
  };
}

interface ValueInfoFields {
  readonly type?: {
    readonly tensorType?: { readonly elemType?: number; readonly shape?: { readonly dim?: object[] } };
  };
}

const float32Code = 1;

function isMatrix(info: Uint8Array, columns: number): boolean {
  const { type } = valueInfoProto.toObject(valueInfoProto.decode(info), { longs: Number }) as ValueInfoFields;
  const dims = type?.tensorType?.shape?.dim ?? [];
  const last = dims[1] as { readonly dimValue?: number } | undefined;
  return type?.tensorType?.elemType === float32Code && dims.length === 2 && last?.dimValue === columns;
}
