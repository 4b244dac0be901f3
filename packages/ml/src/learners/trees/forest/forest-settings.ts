export interface ForestSettings {
  readonly trees: number;
  /** Share of the columns that a node looks at, drawn anew for each. */
  readonly columnShare: number;
  readonly minLeafRows: number;
  readonly maxDepth: number;
  /** Whether a tree learns from as many rows as there are, drawn with replacement. */
  readonly bootstrap: boolean;
  /** `best`: of all bin edges; `random`: of one threshold a column, drawn between the node's least and greatest value. */
  readonly split: "best" | "random";
  /**
   * Per column of the samples, whether a split sends its gaps to a side at random, each side in proportion to the weight
   * of the node's rows there: over the trees, an answer is then the mean over what a gap may hide. Default: none does.
   */
  readonly drawnGaps?: Uint8Array;
}
