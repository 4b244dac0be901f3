import { type ConformalThresholds, fitConformal, predictionSet } from "./conformal.ts";

export interface ConformalCoverage {
  /** Share of rows whose set holds their class. */
  readonly covered: number;
  /** Share of rows whose set is one class; the others abstain. */
  readonly single: number;
  /** Share of rows with one class in the set, for which it is the actual one; 0 where there is none. */
  readonly singleAccuracy: number;
  readonly meanSetSize: number;
}

/** What prediction sets do on rows that their thresholds were not fitted to. */
export function conformalCoverage(
  thresholds: ConformalThresholds,
  probabilities: Float32Array,
  actual: Int32Array,
): ConformalCoverage {
  const classCount = thresholds.leastProbability.length;
  let covered = 0;
  let single = 0;
  let singleHits = 0;
  let size = 0;
  for (let row = 0; row < actual.length; row++) {
    const set = predictionSet(thresholds, probabilities, row * classCount);
    const hit = set.includes(actual[row]);
    if (hit) covered++;
    if (set.length === 1) single++;
    if (set.length === 1 && hit) singleHits++;
    size += set.length;
  }
  const rows = Math.max(1, actual.length);
  return {
    covered: covered / rows,
    single: single / rows,
    singleAccuracy: single === 0 ? 0 : singleHits / single,
    meanSetSize: size / rows,
  };
}

const folds = 5;

/**
 * The same by cross-fitting: the rows are dealt to five folds in turn, and each fold's sets come from thresholds that
 * were fitted to the other four.
 */
export function crossFittedCoverage(
  probabilities: Float32Array,
  actual: Int32Array,
  classCount: number,
  coverage: number,
): ConformalCoverage {
  const sums = { covered: 0, single: 0, singleHits: 0, size: 0 };
  for (let fold = 0; fold < folds; fold++) {
    const rows = Int32Array.from(actual.keys());
    const inside = rows.filter((row) => row % folds === fold);
    const outside = rows.filter((row) => row % folds !== fold);
    const thresholds = fitConformal(
      takeRows(probabilities, outside, classCount),
      outside.map((row) => actual[row]),
      classCount,
      coverage,
    );
    const found = conformalCoverage(
      thresholds,
      takeRows(probabilities, inside, classCount),
      inside.map((row) => actual[row]),
    );
    sums.covered += found.covered * inside.length;
    sums.single += found.single * inside.length;
    sums.singleHits += found.singleAccuracy * found.single * inside.length;
    sums.size += found.meanSetSize * inside.length;
  }
  const rows = Math.max(1, actual.length);
  return {
    covered: sums.covered / rows,
    single: sums.single / rows,
    singleAccuracy: sums.single === 0 ? 0 : sums.singleHits / sums.single,
    meanSetSize: sums.size / rows,
  };
}

function takeRows(probabilities: Float32Array, rows: Int32Array, classCount: number): Float32Array {
  const taken = new Float32Array(rows.length * classCount);
  for (const [index, row] of rows.entries()) {
    taken.set(probabilities.subarray(row * classCount, (row + 1) * classCount), index * classCount);
  }
  return taken;
}
