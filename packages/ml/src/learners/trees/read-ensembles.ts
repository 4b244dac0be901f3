import { modelProto } from "../../onnx/schema.ts";
import type { Tree, TreeEnsemble } from "./tree.ts";

interface AttributeFields {
  readonly name: string;
  readonly i?: number;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
}

interface NodeFields {
  readonly opType?: string;
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly attribute?: readonly AttributeFields[];
}

interface GraphFields {
  readonly node?: readonly NodeFields[];
  readonly initializer?: readonly { readonly name?: string; readonly rawData?: Uint8Array }[];
  readonly input?: readonly { readonly name?: string }[];
  readonly output?: readonly { readonly name?: string }[];
}

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
 * The ensembles that `addEnsemble` wrote into a model, with the covers that explanations need.
 * @param model bytes of an `.onnx` file
 * @param columnCount columns of the graph's input
 */
export function readEnsembles(model: Uint8Array, columnCount: number): StoredEnsemble[] {
  const { graph = {} } = modelProto.toObject(modelProto.decode(model), { longs: Number }) as { graph?: GraphFields };
  return (graph.node ?? [])
    .filter(({ opType }) => opType === "TreeEnsembleRegressor")
    .map(({ attribute = [], input = [], output = [] }) => {
      const columns = columnsOf(graph, input[0], columnCount);
      const width = columns?.length ?? columnCount;
      const ensemble = readEnsemble(new Map(attribute.map((one) => [one.name, one])), width);
      return { ensemble, input: input[0], output: output[0], columns, alone: !inputReached(graph, output[0]) };
    });
}

/** Whether the graph's first output depends on its input by a way that does not pass a value. */
function inputReached({ node = [], input = [], output = [] }: GraphFields, passed: string): boolean {
  const makers = new Map(node.flatMap((one) => (one.output ?? []).map((name) => [name, one] as const)));
  const waiting = [output[0]?.name ?? ""];
  const seen = new Set([passed]);
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value === input[0]?.name) return true;
    if (seen.has(value)) continue;
    seen.add(value);
    waiting.push(...(makers.get(value)?.input ?? []));
  }
  return false;
}

function columnsOf({ node = [], initializer = [], input = [] }: GraphFields, value: string, columnCount: number) {
  if (value === input[0]?.name) return Int32Array.from({ length: columnCount }, (_, column) => column);
  const gather = node.find(({ opType, output = [] }) => opType === "Gather" && output[0] === value);
  if (gather?.input?.[0] !== input[0]?.name) return undefined;
  const bytes = initializer.find(({ name }) => name === gather?.input?.[1])?.rawData;
  if (!bytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength / 8 }, (_, at) => Number(view.getBigInt64(8 * at, true)));
}

function readEnsemble(attributes: ReadonlyMap<string, AttributeFields>, columnCount: number): TreeEnsemble {
  const ints = (name: string) => attributes.get(name)?.ints ?? [];
  const floats = (name: string) => attributes.get(name)?.floats ?? [];
  const outputCount = Number(attributes.get("n_targets")?.i ?? 1);
  const nodes = {
    trees: ints("nodes_treeids"),
    columns: ints("nodes_featureids"),
    left: ints("nodes_truenodeids"),
    right: ints("nodes_falsenodeids"),
    gapsLeft: ints("nodes_missing_value_tracks_true"),
    thresholds: floats("nodes_values"),
    cover: floats("nodes_hitrates"),
  };
  const leaves = {
    trees: ints("target_treeids"),
    nodes: ints("target_nodeids"),
    outputs: ints("target_ids"),
    values: floats("target_weights"),
  };
  const trees: Tree[] = [];
  for (let node = 0, leaf = 0; node < nodes.trees.length; ) {
    const tree = nodes.trees[node];
    const nodeEnd = endOf(nodes.trees, node);
    const leafEnd = leaves.trees[leaf] === tree ? endOf(leaves.trees, leaf) : leaf;
    const count = nodeEnd - node;
    const valueStarts = new Int32Array(count + 1);
    for (let at = leaf; at < leafEnd; at++) valueStarts[leaves.nodes[at] + 1]++;
    for (let at = 0; at < count; at++) valueStarts[at + 1] += valueStarts[at];
    const left = Int32Array.from(nodes.left.slice(node, nodeEnd));
    const columns = Int32Array.from(nodes.columns.slice(node, nodeEnd), (column, at) => (left[at] > 0 ? column : -1));
    trees.push({
      columns,
      left,
      right: Int32Array.from(nodes.right.slice(node, nodeEnd)),
      thresholds: Float32Array.from(nodes.thresholds.slice(node, nodeEnd)),
      gapsLeft:
        nodes.gapsLeft.length > 0 ? Uint8Array.from(nodes.gapsLeft.slice(node, nodeEnd)) : new Uint8Array(count),
      cover: Float32Array.from(nodes.cover.slice(node, nodeEnd)),
      valueStarts,
      outputs: Int32Array.from(leaves.outputs.slice(leaf, leafEnd)),
      values: Float32Array.from(leaves.values.slice(leaf, leafEnd)),
    });
    node = nodeEnd;
    leaf = leafEnd;
  }
  const base = floats("base_values");
  return {
    columnCount,
    outputCount,
    base: base.length > 0 ? Float32Array.from(base) : new Float32Array(outputCount),
    trees,
  };
}

/** Where the run of equal numbers that begins at `start` ends. */
function endOf(numbers: readonly number[], start: number): number {
  let end = start;
  while (end < numbers.length && numbers[end] === numbers[start]) end++;
  return end;
}
