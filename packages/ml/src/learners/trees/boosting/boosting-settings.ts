export interface BoostingSettings {
  readonly rounds: number;
  readonly learningRate: number;
  /** Leaves of a tree at most, from 2. */
  readonly leaves: number;
  /** Bins of a column at most, 2 to 255, gaps apart. */
  readonly bins: number;
  /** Added to the hessian sum of a leaf. */
  readonly l2: number;
  /** Rows in a leaf at least, estimated from its share of the parent's hessian. */
  readonly minLeafRows: number;
  /** Least sum of hessians in a leaf. */
  readonly minLeafHessian: number;
  /** Share of the columns that a tree may use. */
  readonly columnShare: number;
  /** Share of the rows that a round learns from. */
  readonly rowShare: number;
  /** Rounds without a better validation loss before the training stops; the best round counts. */
  readonly patience: number;
  /**
   * Per column of the samples, whether a split sends its gaps to a side at random, each side in proportion to the
   * hessians on it, rather than to the side that gains more. Default: none does.
   */
  readonly drawnGaps?: Uint8Array;
}
