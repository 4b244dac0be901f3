import { textOf } from "../../onnx/stored-graph.ts";
import { packedFloats, packedIntegers, varintAt, wireFields } from "../../onnx/wire.ts";
import type { Tree, TreeEnsemble } from "./tree.ts";

const attributeFields = { name: 1, int: 3, floats: 7, ints: 8, strings: 9, type: 20 };
/** Of a string that is one of several: its field and that a length follows. */
const stringsTag = 8 * attributeFields.strings + 2;
/** With their lengths. */
const leafMode = Buffer.from("\x04LEAF");
const branchMode = Buffer.from("\x0aBRANCH_LEQ");

const mostOutputs = 65_536;

interface Attributes {
  readonly int: ReadonlyMap<string, number>;
  readonly ints: ReadonlyMap<string, Int32Array>;
  readonly floats: ReadonlyMap<string, Float32Array>;
  /** Per node whether it is a leaf. */
  readonly leaf: Uint8Array;
}

const known: ReadonlySet<string> = new Set([
  "n_targets",
  "base_values",
  "nodes_treeids",
  "nodes_nodeids",
  "nodes_featureids",
  "nodes_hitrates",
  "nodes_values",
  "nodes_modes",
  "nodes_truenodeids",
  "nodes_falsenodeids",
  "nodes_missing_value_tracks_true",
  "target_treeids",
  "target_nodeids",
  "target_ids",
  "target_weights",
]);

/**
 * The ensemble that `addEnsemble` wrote as the attributes of a node.
 * @param columnCount columns of what it takes
 * @returns undefined where it is not as `addEnsemble` writes: then nothing is said of it
 * @throws WireError
 */
export function readEnsemble(stored: readonly Uint8Array[], columnCount: number): TreeEnsemble | undefined {
  const attributes = readAttributes(stored);
  return attributes && ensembleOf(attributes, columnCount);
}

function readAttributes(stored: readonly Uint8Array[]): Attributes | undefined {
  const int = new Map<string, number>();
  const ints = new Map<string, Int32Array>();
  const floats = new Map<string, Float32Array>();
  let leaf: Uint8Array | undefined;
  for (const bytes of stored) {
    let name = "";
    for (const field of wireFields(bytes)) {
      const { number, type, valueStart, end } = field;
      if (number === attributeFields.name) {
        name = textOf(bytes, field);
        if (!known.has(name) || int.has(name) || ints.has(name) || floats.has(name)) return undefined;
        if (name === "nodes_modes") {
          if (leaf) return undefined;
          leaf = readModes(bytes);
          if (!leaf) return undefined;
          break;
        }
      } else if (number === attributeFields.int && type === 0) int.set(name, varintAt(bytes, valueStart).value);
      else if (number === attributeFields.floats && type === 2) floats.set(name, packedFloats(bytes, valueStart, end));
      else if (number === attributeFields.ints && type === 2) {
        const numbers = packedIntegers(bytes, valueStart, end);
        if (!numbers) return undefined;
        ints.set(name, numbers);
      } else if (number !== attributeFields.type) return undefined;
    }
  }
  return leaf && { int, ints, floats, leaf };
}

/** Whether each node is a leaf; undefined where one is neither a leaf nor a branch of ours. */
function readModes(bytes: Uint8Array): Uint8Array | undefined {
  const leaf = new Uint8Array(Math.ceil(bytes.length / (2 + leafMode.length)));
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] === stringsTag && startsWith(bytes, at + 1, leafMode)) {
      leaf[count++] = 1;
      at += 1 + leafMode.length;
    } else if (bytes[at] === stringsTag && startsWith(bytes, at + 1, branchMode)) {
      leaf[count++] = 0;
      at += 1 + branchMode.length;
    } else {
      const { number, end } = wireFields(bytes, at).next().value!;
      if (number !== attributeFields.name && number !== attributeFields.type) return undefined;
      at = end;
    }
  }
  return leaf.subarray(0, count);
}

function startsWith(bytes: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text[at]) return false;
  return true;
}

function ensembleOf({ int, ints, floats, leaf }: Attributes, columnCount: number): TreeEnsemble | undefined {
  const count = leaf.length;
  const nodeInts = (name: string) => ints.get(name) ?? new Int32Array(0);
  const treeIds = nodeInts("nodes_treeids");
  const nodeIds = nodeInts("nodes_nodeids");
  const featureIds = nodeInts("nodes_featureids");
  const left = nodeInts("nodes_truenodeids");
  const right = nodeInts("nodes_falsenodeids");
  const thresholds = floats.get("nodes_values") ?? new Float32Array(0);
  const cover = floats.get("nodes_hitrates") ?? new Float32Array(count);
  const gapsLeft = ints.get("nodes_missing_value_tracks_true") ?? new Int32Array(count);
  const leafTrees = nodeInts("target_treeids");
  const leafNodes = nodeInts("target_nodeids");
  const outputs = nodeInts("target_ids");
  const values = floats.get("target_weights") ?? new Float32Array(0);
  const outputCount = int.get("n_targets") ?? 1;
  // Sums of one output follow another rule in onnxruntime where a leaf has no value.
  if (outputCount < 2 || outputCount > mostOutputs) return undefined;
  const base = floats.get("base_values") ?? new Float32Array(outputCount);
  if ([treeIds, nodeIds, featureIds, left, right, thresholds, cover, gapsLeft].some((one) => one.length !== count)) {
    return undefined;
  }
  if ([leafTrees, leafNodes, outputs].some((one) => one.length !== values.length)) return undefined;
  if (base.length !== outputCount) return undefined;
  if (!thresholds.every(Number.isFinite) || outputs.some((output) => output >= outputCount)) return undefined;

  const trees: Tree[] = [];
  let value = 0;
  for (let node = 0; node < count; ) {
    const end = endOf(treeIds, node);
    const valueEnd = leafTrees[value] === treeIds[node] ? endOf(leafTrees, value) : value;
    if (node > 0 && treeIds[node] <= treeIds[node - 1]) return undefined;
    const valueStarts = startsOf(leafNodes, value, valueEnd, end - node);
    const columns = featureIds.slice(node, end).map((column, at) => (leaf[node + at] ? -1 : column));
    const tree = {
      columns,
      left: left.slice(node, end),
      right: right.slice(node, end),
      thresholds: thresholds.slice(node, end),
      gapsLeft: Uint8Array.from(gapsLeft.subarray(node, end)),
      cover: cover.slice(node, end),
      valueStarts: valueStarts ?? new Int32Array(0),
      outputs: outputs.slice(value, valueEnd),
      values: values.slice(value, valueEnd),
    };
    if (!valueStarts || !isNumbered(nodeIds, node, end) || !isTree(tree, columnCount)) return undefined;
    trees.push(tree);
    node = end;
    value = valueEnd;
  }
  if (value !== values.length) return undefined;
  return { columnCount, outputCount, base, trees };
}

/** Where the run of equal numbers that begins at `start` ends. */
function endOf(numbers: Int32Array, start: number): number {
  let end = start;
  while (end < numbers.length && numbers[end] === numbers[start]) end++;
  return end;
}

/** Where the values of each node begin; undefined where they are not in the order of the nodes. */
function startsOf(nodes: Int32Array, first: number, end: number, count: number): Int32Array | undefined {
  const starts = new Int32Array(count + 1);
  for (let at = first; at < end; at++) {
    if (nodes[at] >= count || (at > first && nodes[at] < nodes[at - 1])) return undefined;
    starts[nodes[at] + 1]++;
  }
  for (let node = 0; node < count; node++) starts[node + 1] += starts[node];
  return starts;
}

function isNumbered(ids: Int32Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (ids[at] !== at - start) return false;
  return true;
}

/** Whether each node but the first is the child of one, after which it comes, and only leaves have values. */
function isTree({ columns, left, right, valueStarts, gapsLeft }: Tree, columnCount: number): boolean {
  const children = new Uint8Array(columns.length);
  for (let node = 0; node < columns.length; node++) {
    if (gapsLeft[node] > 1) return false;
    if (columns[node] < 0) {
      if (left[node] !== 0 || right[node] !== 0) return false;
      continue;
    }
    if (columns[node] >= columnCount || valueStarts[node + 1] !== valueStarts[node]) return false;
    for (const child of [left[node], right[node]]) {
      if (child <= node || child >= columns.length || children[child]++ > 0) return false;
    }
  }
  return children.every((count, node) => count === (node === 0 ? 0 : 1));
}
