/** A tree in terms of packed columns and bins; node 0 is the root. */
export interface GrownTree {
  readonly label: number;
  /** Packed column per node; −1 for a leaf. */
  readonly columns: number[];
  /** The last bin that goes left. */
  readonly bins: number[];
  readonly gapsLeft: number[];
  readonly left: number[];
  readonly right: number[];
  readonly values: number[];
  readonly cover: number[];
}

/** @returns the number of the new node, a leaf */
export function addNode(tree: GrownTree): number {
  tree.columns.push(-1);
  tree.bins.push(0);
  tree.gapsLeft.push(0);
  tree.left.push(0);
  tree.right.push(0);
  tree.values.push(0);
  return tree.cover.push(0) - 1;
}

export function emptyTree(label: number): GrownTree {
  return { label, columns: [], bins: [], gapsLeft: [], left: [], right: [], values: [], cover: [] };
}
