export interface AutoSettings {
  readonly learner: "auto";
  /** Time that the search and the last fits may take together; 0: no limit, and the clock has no say in the result. */
  readonly budgetSeconds: number;
  /** Parts of the rows, each of which is predicted by learners that were fitted to the others. */
  readonly folds: number;
}
