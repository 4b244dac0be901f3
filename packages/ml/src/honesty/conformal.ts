/** Thresholds that make prediction sets of probabilities. */
export interface ConformalThresholds {
  /** Share of rows whose set holds their class, where rows come as those the thresholds were fitted to. */
  readonly coverage: number;
  /** Rows that the thresholds were fitted to. */
  readonly rows: number;
  /**
   * Per class: it is in a row's set where the row's probability of it is at least this. 0 where there are too few rows
   * to promise the coverage, so that the class is in every set.
   */
  readonly leastProbability: readonly number[];
}

/**
 * Split conformal prediction by the probability of the actual class (M. Sadinle, J. Lei, L. Wasserman, "Least
 * ambiguous set-valued classifiers with bounded error levels", 2019), with the quantile corrected for a finite number
 * of rows: the ⌊(n + 1)(1 − coverage)⌋-th smallest probability of n, so that the coverage holds for exchangeable rows.
 * @param probabilities `rows × classCount` of rows that the model did not learn from
 * @param actual class index per row
 */
export function fitConformal(
  probabilities: Float32Array,
  actual: Int32Array,
  classCount: number,
  coverage: number,
): ConformalThresholds {
  if (!(coverage > 0 && coverage < 1)) throw new RangeError("a coverage lies between 0 and 1");
  const given = Float32Array.from(actual, (label, row) => probabilities[row * classCount + label]);
  const leastProbability = new Array<number>(classCount).fill(conformalThreshold(given, coverage));
  return { coverage, rows: actual.length, leastProbability };
}

/** The k-th smallest probability, k = ⌊(n + 1)(1 − coverage)⌋; 0 where k is 0. */
function conformalThreshold(given: Float32Array, coverage: number): number {
  const rank = Math.floor((given.length + 1) * (1 - coverage) + 1e-9);
  return rank < 1 ? 0 : given.toSorted()[rank - 1];
}

/**
 * Class indexes of a row's prediction set, in rising order. It can be empty: then no class is as probable as it is
 * for the rows that belong to it.
 * @param offset of the row's first probability
 */
export function predictionSet(
  thresholds: Pick<ConformalThresholds, "leastProbability">,
  probabilities: Float32Array,
  offset = 0,
): number[] {
  const set: number[] = [];
  for (const [index, least] of thresholds.leastProbability.entries()) {
    if (probabilities[offset + index] >= least) set.push(index);
  }
  return set;
}
