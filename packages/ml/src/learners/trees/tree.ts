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
  /** Training weight or rows that came to each node; for explanations. */
  readonly cover: Float32Array;
  /** Output that `values` belong to; −1 where each leaf has a value for every output. */
  readonly output: number;
  /** Per node one value, or `outputCount` values where `output` is −1; of leaves only. */
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
  const { columns, thresholds, gapsLeft, left, right } = tree;
  let node = 0;
  for (let column = columns[0]; column >= 0; column = columns[node]) {
    const value = values[offset + column];
    const goesLeft = Number.isNaN(value) ? gapsLeft[node] === 1 : value <= thresholds[node];
    node = goesLeft ? left[node] : right[node];
  }
  return node;
}
