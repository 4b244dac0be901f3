import { valueInfoProto } from "./schema.ts";
import { graphFields, type StoredGraph, type StoredNode, takenBy } from "./stored-graph.ts";
import { elementTypeCodes } from "./tensor.ts";
import { wireBytes } from "./wire.ts";

const graphField = 7;

/** A value that becomes an input of a graph instead of being computed there: float32 `[N, columns]`. */
export interface GivenValue {
  readonly name: string;
  readonly columns: number;
}

export interface PrunedGraph {
  /** Of an ONNX model without metadata. */
  readonly bytes: Uint8Array;
  /** Names of its inputs. */
  readonly inputs: readonly string[];
}

/** What of a graph is needed for some of its outputs, where some values are given. */
export function pruneGraph(graph: StoredGraph, outputs: readonly string[], given: readonly GivenValue[]): PrunedGraph {
  const names = new Set(given.map(({ name }) => name));
  const needed = neededNodes(graph, outputs, names);
  const taken = new Set(needed.flatMap(takenBy));
  const inputs = graph.inputs.filter(({ name }) => taken.has(name));
  const added = given.filter(({ name }) => taken.has(name));
  const parts = [
    ...needed.map(({ bytes }) => wireBytes(graphFields.node, bytes)),
    ...graph.otherFields,
    ...graph.initializers
      .filter(({ name }) => taken.has(name))
      .map(({ bytes }) => wireBytes(graphFields.initializer, bytes)),
    ...inputs.map(({ bytes }) => wireBytes(graphFields.input, bytes)),
    ...added.map((value) => wireBytes(graphFields.input, matrixInfo(value))),
    ...graph.outputs
      .filter(({ name }) => outputs.includes(name))
      .map(({ bytes }) => wireBytes(graphFields.output, bytes)),
  ];
  const bytes = Buffer.concat([...graph.modelFields, wireBytes(graphField, Buffer.concat(parts))]);
  return { bytes, inputs: [...inputs, ...added].map(({ name }) => name) };
}

/** In the order in which they are stored. */
function neededNodes({ nodes }: StoredGraph, outputs: readonly string[], given: ReadonlySet<string>): StoredNode[] {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const needed = new Set<StoredNode>();
  const waiting = [...outputs];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const maker = given.has(value) ? undefined : makers.get(value);
    if (!maker || needed.has(maker)) continue;
    needed.add(maker);
    waiting.push(...takenBy(maker));
  }
  return nodes.filter((node) => needed.has(node));
}

function matrixInfo({ name, columns }: GivenValue): Uint8Array {
  const shape = { dim: [{ dimParam: "N" }, { dimValue: columns }] };
  return valueInfoProto.encode({ name, type: { tensorType: { elemType: elementTypeCodes.float32, shape } } }).finish();
}
