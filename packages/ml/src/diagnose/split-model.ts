import { EncodedLayerScorer } from "../learners/mlp/scoring/encoded-layer-scorer.ts";
import { readEncodedLayers } from "../learners/mlp/scoring/read-encoded-layers.ts";
import { ensemblesOf } from "../learners/trees/read-ensembles.ts";
import { TreeScorer } from "../learners/trees/scoring/tree-scorer.ts";
import { type PrunedGraph, pruneGraph } from "../onnx/prune-graph.ts";
import { valueInfoProto } from "../onnx/schema.ts";
import { readStoredGraph, type StoredGraph } from "../onnx/stored-graph.ts";
import { WireError } from "../onnx/wire.ts";

const defaultTableBytes = 256 * 1024 ** 2;

/** A network's first layer that is scored beside onnxruntime. */
export interface SplitLayer {
  readonly scorer: EncodedLayerScorer;
  /** Names of the values that it takes and gives. */
  readonly input: string;
  readonly output: string;
}

/** A model without its trees and without the first layers of its networks; what they give has become its inputs. */
export interface SplitModel {
  /** Undefined where the model has no trees, or none that can be taken out. */
  readonly trees: TreeScorer | undefined;
  /** Names of the trees' outputs, in the scorer's order. */
  readonly treeOutputs: readonly string[];
  readonly layers: readonly SplitLayer[];
  readonly outputNames: readonly string[];
  /** Whether the model's only input is of this name, float32 `[N, columnCount]`. */
  takes(name: string, columnCount: number): boolean;
  /** What computes some of the outputs and nothing else. */
  graphFor(outputs: readonly string[]): PrunedGraph;
  /** What computes the values that the layers take; undefined where there are none. */
  readonly beforeLayers: PrunedGraph | undefined;
}

/**
 * Splits a model into what is scored here and the rest, for which onnxruntime stays: trees that take columns of the
 * file, and layers that take a piecewise-linear encoding, both written as this package writes them.
 * @param tableBytes what the tables of all its layers together may take; layers that find no room stay with onnxruntime
 * @returns undefined where the bytes are not an ONNX model that can be taken apart
 */
export function splitModel(
  bytes: Uint8Array,
  columnCount: number,
  tableBytes = defaultTableBytes,
): SplitModel | undefined {
  try {
    return split(bytes, columnCount, tableBytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function split(bytes: Uint8Array, columnCount: number, tableBytes: number): SplitModel {
  const graph = readStoredGraph(bytes);
  const { trees, treeOutputs, given } = splitTrees(graph, columnCount);
  const layers = splitLayers(graph, tableBytes);
  const all = [...given, ...layers.map(({ output, scorer }) => ({ name: output, dims: scorer.shape("N") }))];
  const taken = [...new Set(layers.map(({ input }) => input))];
  return {
    trees,
    treeOutputs,
    layers,
    outputNames: graph.outputs.map(({ name }) => name),
    takes: (name, columns) => {
      const [input] = graph.inputs;
      return graph.inputs.length === 1 && input.name === name && isMatrix(input.bytes, columns);
    },
    graphFor: (outputs) => pruneGraph(graph, outputs, all),
    beforeLayers: layers.length > 0 ? pruneGraph(graph, taken, []) : undefined,
  };
}

function splitLayers(graph: StoredGraph, tableBytes: number): SplitLayer[] {
  let bytesLeft = tableBytes;
  return readEncodedLayers(graph).flatMap((layer) => {
    const scorer = EncodedLayerScorer.open(layer, bytesLeft);
    if (!scorer) return [];
    bytesLeft -= scorer.tableBytes;
    return [{ scorer, input: layer.input, output: layer.output }];
  });
}

function splitTrees(graph: StoredGraph, columnCount: number) {
  const stored = ensemblesOf(graph, columnCount).flatMap(({ ensemble, columns, output }) =>
    columns ? [{ ensemble, columns, output }] : [],
  );
  const trees = stored.length > 0 ? TreeScorer.open(stored, columnCount) : undefined;
  const taken = trees ? stored : [];
  return {
    trees,
    treeOutputs: taken.map(({ output }) => output),
    given: taken.map(({ output, ensemble }) => ({ name: output, dims: ["N", ensemble.outputCount] })),
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
