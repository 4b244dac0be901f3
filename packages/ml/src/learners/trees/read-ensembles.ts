import { readStoredGraph, type StoredGraph, type StoredNode, takenBy } from "../../onnx/stored-graph.ts";
import { wireFields } from "../../onnx/wire.ts";
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
  const places = integersOf(graph, gather.inputs[1]);
  if (!from || !places?.every((place) => place >= 0 && place < from.length)) return undefined;
  return Int32Array.from(places, (place) => from[place]);
}

const attributeName = 1;
const attributeInt = 3;

/** Whether `axis` is 1. */
function selectsColumns({ attributes }: StoredNode): boolean {
  if (attributes.length !== 1) return false;
  const fields = [...wireFields(attributes[0])];
  const name = fields.find(({ number }) => number === attributeName);
  const value = fields.find(({ number }) => number === attributeInt);
  const text = name && Buffer.from(attributes[0].subarray(name.valueStart, name.end)).toString();
  return text === "axis" && value !== undefined && attributes[0][value.valueStart] === 1;
}

const tensorFields = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const int64Code = 7;

/** An initialiser that is a vector of int64. */
function integersOf({ initializers }: StoredGraph, name: string): number[] | undefined {
  const bytes = initializers.find((one) => one.name === name)?.bytes;
  if (!bytes) return undefined;
  const fields = [...wireFields(bytes)];
  const known = new Set(Object.values(tensorFields));
  if (fields.some(({ number }) => !known.has(number))) return undefined;
  const dims = fields.find(({ number }) => number === tensorFields.dims);
  const type = fields.find(({ number }) => number === tensorFields.dataType);
  const raw = fields.find(({ number }) => number === tensorFields.rawData);
  if (!dims || !type || !raw || bytes[type.valueStart] !== int64Code) return undefined;
  const length = (raw.end - raw.valueStart) / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset + raw.valueStart, raw.end - raw.valueStart);
  const numbers = Array.from({ length: Math.floor(length) }, (_, at) => Number(view.getBigInt64(8 * at, true)));
  return isVector(bytes, dims, numbers.length) ? numbers : undefined;
}

/** Whether the packed dimensions are this one only. */
function isVector(
  bytes: Uint8Array,
  { valueStart, end }: { valueStart: number; end: number },
  length: number,
): boolean {
  let value = 0;
  let at = valueStart;
  for (let scale = 1; at < end; scale *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * scale;
    if (byte < 128) break;
  }
  return at === end && value === length;
}
