import { selectsColumns } from "../../onnx/selects-columns.ts";
import { readStoredGraph, type StoredGraph, type StoredNode, takenBy } from "../../onnx/stored-graph.ts";
import { integersOf } from "../../onnx/stored-tensor.ts";
import { readEnsemble } from "./read-ensemble.ts";
import type { TreeEnsemble } from "./tree.ts";

export interface StoredEnsemble {
  readonly ensemble: TreeEnsemble;
  /** Names of the values that the ensemble takes and gives in its graph. */
  readonly input: string;
  readonly output: string;
  /** Columns of the graph's own input that the ensemble takes; undefined where it takes something computed. */
  readonly columns: Int32Array | undefined;
  /** Whether the graph's first output comes of nothing but this ensemble. */
  readonly alone: boolean;
}

/**
 * The ensembles that `addEnsemble` wrote into a model, with the covers that explanations need; others are passed over.
 * @param model bytes of an `.onnx` file
 * @param columnCount columns of the graph's input
 */
export function readEnsembles(model: Uint8Array, columnCount: number): StoredEnsemble[] {
  return ensemblesOf(readStoredGraph(model), columnCount);
}

export function ensemblesOf(graph: StoredGraph, columnCount: number): StoredEnsemble[] {
  return graph.nodes.filter(isEnsemble).flatMap((node) => {
    const columns = columnsOf(graph, node.inputs[0], columnCount);
    const ensemble = readEnsemble(node.attributes, columns?.length ?? columnCount);
    if (!ensemble || node.inputs.length !== 1 || node.outputs.length !== 1) return [];
    const [output] = node.outputs;
    return [{ ensemble, input: node.inputs[0], output, columns, alone: !inputReached(graph, output) }];
  });
}

function isEnsemble({ opType, domain }: StoredNode): boolean {
  return opType === "TreeEnsembleRegressor" && domain === "ai.onnx.ml";
}

/** Whether the graph's first output depends on its input by a way that does not pass a value. */
function inputReached({ nodes, inputs, outputs }: StoredGraph, passed: string): boolean {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const waiting = [outputs[0]?.name ?? ""];
  const seen = new Set([passed]);
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value === inputs[0]?.name) return true;
    if (seen.has(value)) continue;
    seen.add(value);
    const maker = makers.get(value);
    if (maker) waiting.push(...takenBy(maker));
  }
  return false;
}

const mostSelections = 8;

/** Columns of the graph's input that a value consists of, after some selections. */
function columnsOf(
  graph: StoredGraph,
  value: string,
  columnCount: number,
  selections = mostSelections,
): Int32Array | undefined {
  if (value === graph.inputs[0]?.name) return Int32Array.from({ length: columnCount }, (_, column) => column);
  const gather = graph.nodes.find(({ opType, outputs }) => opType === "Gather" && outputs[0] === value);
  if (selections === 0 || gather?.domain !== "" || !selectsColumns(gather)) return undefined;
  const from = columnsOf(graph, gather.inputs[0], columnCount, selections - 1);
  const places = integersOf(graph.initializers.find(({ name }) => name === gather.inputs[1]));
  if (!from || !places?.every((place) => place >= 0 && place < from.length)) return undefined;
  return Int32Array.from(places, (place) => from[place]);
}
