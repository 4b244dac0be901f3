import { type WireField, wireFields } from "./wire.ts";

/** Field numbers of the ONNX standard. */
const modelFields = { graph: 7, metadata: 14 };
export const graphFields = { node: 1, initializer: 5, input: 11, output: 12 };
const nodeFields = { input: 1, output: 2, opType: 4, attribute: 5, domain: 7 };
const attributeFields = { graph: 6, graphs: 11 };
const tensorName = 8;
const valueName = 1;

const utf8 = new TextDecoder();

/** A part of a graph: its bytes without their tag. */
export interface StoredPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface StoredNode {
  readonly bytes: Uint8Array;
  readonly opType: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly Uint8Array[];
}

/** An ONNX model as it is stored, its parts not decoded. */
export interface StoredGraph {
  readonly nodes: readonly StoredNode[];
  readonly initializers: readonly StoredPart[];
  readonly inputs: readonly StoredPart[];
  readonly outputs: readonly StoredPart[];
  /** Other fields of the graph, with their tags. */
  readonly otherFields: readonly Uint8Array[];
  /** Fields of the model but its graph and metadata, with their tags. */
  readonly modelFields: readonly Uint8Array[];
}

/**
 * The parts of a model's graph; they are views of its bytes.
 * @throws WireError where the bytes are no protobuf message
 */
export function readStoredGraph(model: Uint8Array): StoredGraph {
  const own: Uint8Array[] = [];
  const graph = { nodes: [] as StoredNode[], initializers: [] as StoredPart[], otherFields: [] as Uint8Array[] };
  const inputs: StoredPart[] = [];
  const outputs: StoredPart[] = [];
  for (const field of wireFields(model)) {
    if (field.number !== modelFields.graph) {
      if (field.number !== modelFields.metadata) own.push(model.subarray(field.start, field.end));
      continue;
    }
    for (const part of wireFields(model, field.valueStart, field.end)) {
      const bytes = model.subarray(part.valueStart, part.end);
      if (part.number === graphFields.node) graph.nodes.push(readNode(bytes));
      else if (part.number === graphFields.initializer) graph.initializers.push(named(bytes, tensorName));
      else if (part.number === graphFields.input) inputs.push(named(bytes, valueName));
      else if (part.number === graphFields.output) outputs.push(named(bytes, valueName));
      else graph.otherFields.push(model.subarray(part.start, part.end));
    }
  }
  return { ...graph, inputs, outputs, modelFields: own };
}

function named(bytes: Uint8Array, nameField: number): StoredPart {
  let name = "";
  for (const field of wireFields(bytes)) if (field.number === nameField) name = textOf(bytes, field);
  return { name, bytes };
}

function readNode(bytes: Uint8Array): StoredNode {
  let opType = "";
  let domain = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Uint8Array[] = [];
  for (const field of wireFields(bytes)) {
    if (field.number === nodeFields.input) inputs.push(textOf(bytes, field));
    else if (field.number === nodeFields.output) outputs.push(textOf(bytes, field));
    else if (field.number === nodeFields.opType) opType = textOf(bytes, field);
    else if (field.number === nodeFields.domain) domain = textOf(bytes, field);
    else if (field.number === nodeFields.attribute) attributes.push(bytes.subarray(field.valueStart, field.end));
  }
  return { bytes, opType, domain, inputs, outputs, attributes };
}

export function textOf(bytes: Uint8Array, { valueStart, end }: WireField): string {
  return utf8.decode(bytes.subarray(valueStart, end));
}

/** Values that a node takes, those included that graphs inside it take from around them. */
export function takenBy(node: StoredNode): string[] {
  const inner = node.attributes.flatMap((attribute) =>
    [...wireFields(attribute)]
      .filter(({ number }) => number === attributeFields.graph || number === attributeFields.graphs)
      .flatMap(({ valueStart, end }) =>
        [...wireFields(attribute, valueStart, end)].map((part) => ({ attribute, part })),
      )
      .flatMap(({ attribute: bytes, part }) => {
        const own = bytes.subarray(part.valueStart, part.end);
        if (part.number === graphFields.node) return takenBy(readNode(own));
        return part.number === graphFields.output ? [named(own, valueName).name] : [];
      }),
  );
  return [...node.inputs, ...inner];
}
