/** The rows of a node that is being split, class by class, and what it holds of each class. */
export interface NodeRows {
  /** Row numbers; those of the node are the first `count`. */
  readonly rows: Int32Array;
  readonly count: number;
  /** How many classes it holds. */
  readonly classCount: number;
  /** Per class that it holds: where its rows end, the weight of each, and of all. */
  readonly ends: Int32Array;
  readonly classWeights: Float64Array;
  readonly totals: Float64Array;
}

export interface FoundSplit {
  /** Place of the column among those of the forest. */
  readonly column: number;
  readonly threshold: number;
  readonly gapsLeft: boolean;
}
