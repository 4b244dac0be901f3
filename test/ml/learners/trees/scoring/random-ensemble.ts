import type { Tree, TreeEnsemble } from "../../../../../packages/ml/src/learners/trees/tree.ts";
import type { Random } from "../../../../../packages/ml/src/random/random.ts";

export interface EnsembleShape {
  readonly trees: number;
  /** Of each tree, at most. */
  readonly leaves: number;
  readonly columns: number;
  readonly outputs: number;
  /** Values that a leaf has at most; 1 is one for the tree's own output. */
  readonly valuesPerLeaf: number;
}

/** An ensemble of any shape; half of the nodes send gaps to the left. */
export function randomEnsemble(shape: EnsembleShape, random: Random): TreeEnsemble {
  return {
    columnCount: shape.columns,
    outputCount: shape.outputs,
    base: Float32Array.from({ length: shape.outputs }, () => random.uniform() - 0.5),
    trees: Array.from({ length: shape.trees }, (_, number) => randomTree(shape, number % shape.outputs, random)),
  };
}

/** Values with gaps, infinities, and numbers that are thresholds themselves. */
export function randomRows(ensemble: TreeEnsemble, rowCount: number, width: number, random: Random): Float32Array {
  const thresholds = ensemble.trees.flatMap((tree) => [...tree.thresholds]);
  return Float32Array.from({ length: rowCount * width }, () => {
    const kind = random.uniform();
    if (kind < 0.1) return Number.NaN;
    if (kind < 0.15) return kind < 0.125 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    if (kind < 0.4) return thresholds[random.below(thresholds.length)];
    return 4 * random.uniform() - 2;
  });
}

function randomTree({ leaves, columns, outputs, valuesPerLeaf }: EnsembleShape, own: number, random: Random): Tree {
  const column = [-1];
  const left = [0];
  const right = [0];
  const threshold = [0];
  const splits = random.below(leaves);
  for (let split = 0; split < splits; split++) {
    const open = [...column.keys()].filter((node) => column[node] < 0);
    const node = open[random.below(open.length)];
    left[node] = column.length;
    right[node] = column.length + 1;
    column[node] = random.below(columns);
    threshold[node] = Math.fround(2 * random.uniform() - 1);
    for (let child = 0; child < 2; child++) {
      column.push(-1);
      left.push(0);
      right.push(0);
      threshold.push(0);
    }
  }
  const starts = [0];
  const leafOutputs: number[] = [];
  for (const one of column) {
    if (one < 0 && valuesPerLeaf === 1) leafOutputs.push(own);
    else if (one < 0) {
      for (let output = 0; output < outputs && output < valuesPerLeaf; output++) {
        if (random.uniform() < 0.6) leafOutputs.push(output);
      }
    }
    starts.push(leafOutputs.length);
  }
  return {
    columns: Int32Array.from(column),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    thresholds: Float32Array.from(threshold),
    gapsLeft: Uint8Array.from(column, (one) => (one >= 0 && random.uniform() < 0.5 ? 1 : 0)),
    cover: Float32Array.from(column, () => 1),
    valueStarts: Int32Array.from(starts),
    outputs: Int32Array.from(leafOutputs),
    values: Float32Array.from(leafOutputs, () => 2 * random.uniform() - 1),
  };
}
