import { valueInfoProto } from "./schema.ts";
import { graphFields, type StoredGraph, type StoredNode, takenBy } from "./stored-graph.ts";
import { elementTypeCodes } from "./tensor.ts";
import { wireBytes } from "./wire.ts";

const graphField = 7;

/** A float32 value that becomes an input of a graph instead of being computed there. */
export interface GivenValue {
  readonly name: string;
  /** A name is of a size that varies. */
  readonly dims: readonly (number | string)[];
}

export interface PrunedGraph {
  /** Of an ONNX model without metadata. */
  readonly bytes: Uint8Array;
  /** Names of its inputs. */
  readonly inputs: readonly string[];
}

/**
 * What of a graph is needed for some of its values, where others are given.
 * @param outputs names of the graph's outputs, or of other float32 values in it
 */
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
    ...added.map((value) => wireBytes(graphFields.input, floatInfo(value))),
    ...outputs.map((name) => {
      const known = graph.outputs.find((output) => output.name === name);
      return wireBytes(graphFields.output, known?.bytes ?? floatInfo({ name }));
    }),
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

function floatInfo({ name, dims }: Pick<GivenValue, "name"> & Partial<GivenValue>): Uint8Array {
  const dim = dims?.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
  const tensorType = { elemType: elementTypeCodes.float32, ...(dim && { shape: { dim } }) };
  return valueInfoProto.encode({ name, type: { tensorType } }).finish();
}
