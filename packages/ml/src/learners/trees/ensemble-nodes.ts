import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { TreeEnsemble } from "./tree.ts";

/**
 * Adds an ensemble to a graph as `ai.onnx.ml` TreeEnsembleRegressor with a target per output: the standard's
 * TreeEnsembleClassifier would answer with labels as well, and its newer TreeEnsemble holds one output per leaf only.
 * The nodes' covers are kept as their hit rates, so that an answer can be explained from the file alone.
 * @param input name of a float tensor `[N, columnCount]`, NaN for a gap
 * @returns name of a float tensor `[N, outputCount]` of the sums
 */
export function addEnsemble(graph: GraphBuilder, input: string, ensemble: TreeEnsemble): string {
  const { trees, outputCount, base } = ensemble;
  const nodeCount = trees.reduce((sum, tree) => sum + tree.columns.length, 0);
  const valueCount = trees.reduce((sum, tree) => sum + tree.values.length, 0);
  const ints = () => new Int32Array(nodeCount);
  const nodes = { tree: ints(), node: ints(), column: ints(), left: ints(), right: ints(), gapsLeft: ints() };
  const thresholds = new Float32Array(nodeCount);
  const hitRates = new Float32Array(nodeCount);
  const modes: string[] = [];
  const leaves = {
    tree: new Int32Array(valueCount),
    node: new Int32Array(valueCount),
    output: new Int32Array(valueCount),
  };
  const leafValues = new Float32Array(valueCount);
  let valueStart = 0;
  for (const [number, tree] of trees.entries()) {
    const start = modes.length;
    for (const [node, column] of tree.columns.entries()) {
      const isLeaf = column < 0;
      modes.push(isLeaf ? "LEAF" : "BRANCH_LEQ");
      nodes.node[start + node] = node;
      nodes.column[start + node] = isLeaf ? 0 : column;
      for (let at = tree.valueStarts[node]; at < tree.valueStarts[node + 1]; at++) leaves.node[valueStart + at] = node;
    }
    nodes.tree.fill(number, start, modes.length);
    nodes.left.set(tree.left, start);
    nodes.right.set(tree.right, start);
    nodes.gapsLeft.set(tree.gapsLeft, start);
    thresholds.set(tree.thresholds, start);
    hitRates.set(tree.cover, start);
    leaves.tree.fill(number, valueStart, valueStart + tree.values.length);
    leaves.output.set(tree.outputs, valueStart);
    leafValues.set(tree.values, valueStart);
    valueStart += tree.values.length;
  }
  const gapsMatter = nodes.gapsLeft.some((side) => side === 1);
  return graph.addNode("TreeEnsembleRegressor", [input], {
    domain: "ai.onnx.ml",
    name: "trees",
    attributes: {
      n_targets: { int: outputCount },
      ...(base.some((value) => value !== 0) && { base_values: { floats: base } }),
      nodes_treeids: { ints: nodes.tree },
      nodes_nodeids: { ints: nodes.node },
      nodes_featureids: { ints: nodes.column },
      nodes_hitrates: { floats: hitRates },
      nodes_values: { floats: thresholds },
      nodes_modes: { strings: modes },
      nodes_truenodeids: { ints: nodes.left },
      nodes_falsenodeids: { ints: nodes.right },
      ...(gapsMatter && { nodes_missing_value_tracks_true: { ints: nodes.gapsLeft } }),
      target_treeids: { ints: leaves.tree },
      target_nodeids: { ints: leaves.node },
      target_ids: { ints: leaves.output },
      target_weights: { floats: leafValues },
    },
  });
}
