/**
 * A binary tree in arrays, node 0 being the root. A row goes left where its value is a gap and `gapsLeft`, or does not
 * exceed the threshold as float32.
 */
export interface Tree {
  /** Column that a node looks at; −1 for a leaf. */
  readonly columns: Int32Array;
  readonly thresholds: Float32Array;
  readonly gapsLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Training rows, or their weight, that came to each node; for explanations. */
  readonly cover: Float32Array;
  /** A leaf adds `values[i]` to the output `outputs[i]`, for i from `valueStarts[leaf]` to `valueStarts[leaf + 1]`. */
  readonly valueStarts: Int32Array;
  readonly outputs: Int32Array;
  readonly values: Float32Array;
}

/** Trees whose leaf values add up, beginning at `base`. */
export interface TreeEnsemble {
  readonly columnCount: number;
  readonly outputCount: number;
  readonly base: Float32Array;
  readonly trees: readonly Tree[];
}

/** The leaf that a row comes to. */
export function leafOf(tree: Tree, values: Float32Array, offset: number): number {
  const { columns, left, right } = tree;
  let node = 0;
  for (let column = columns[0]; column >= 0; column = columns[node]) {
    node = goesLeft(tree, node, values[offset + column]) ? left[node] : right[node];
  }
  return node;
}

export function goesLeft(tree: Tree, node: number, value: number): boolean {
  return Number.isNaN(value) ? tree.gapsLeft[node] === 1 : value <= tree.thresholds[node];
}
