/** Rows of a training file per place of one column, each class with its weight. */
export interface WeightedPlaces {
  readonly places: Float64Array;
  /** Weight of the rows that have a number. */
  readonly present: number;
  /** Kish's effective number of those rows: (Σ w)² / Σ w². */
  readonly effectivePresent: number;
  /** The same of all rows. */
  readonly effectiveRows: number;
  readonly gapShare: number;
}

/**
 * @param counts rows per place and class, `counts[place × classCount + class]`
 * @param classRows rows per class, gaps among them
 * @param weights of a row per class
 */
export function weighPlaces(
  counts: ArrayLike<number>,
  classRows: ArrayLike<number>,
  weights: ArrayLike<number>,
): WeightedPlaces {
  const classCount = weights.length;
  const places = new Float64Array(counts.length / classCount);
  const presentPerClass = new Float64Array(classCount);
  for (let place = 0; place < places.length; place++) {
    for (let index = 0; index < classCount; index++) {
      const count = counts[place * classCount + index];
      presentPerClass[index] += count;
      places[place] += weights[index] * count;
    }
  }
  const rows = weightedCount(classRows, weights);
  const present = weightedCount(presentPerClass, weights);
  return {
    places,
    present: present.sum,
    effectivePresent: present.effective,
    effectiveRows: rows.effective,
    gapShare: rows.sum === 0 ? 0 : 1 - present.sum / rows.sum,
  };
}

function weightedCount(rows: ArrayLike<number>, weights: ArrayLike<number>): { sum: number; effective: number } {
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < weights.length; index++) {
    sum += weights[index] * rows[index];
    squares += weights[index] ** 2 * rows[index];
  }
  return { sum, effective: squares === 0 ? 0 : sum ** 2 / squares };
}

/** Largest difference of two distribution functions, 0 to 1; 0 where one of them has no rows. */
export function largestDifference(
  first: ArrayLike<number>,
  firstSum: number,
  second: ArrayLike<number>,
  secondSum: number,
): number {
  if (firstSum === 0 || secondSum === 0) return 0;
  let below = 0;
  let largest = 0;
  for (let place = 0; place < first.length; place++) {
    below += first[place] / firstSum - second[place] / secondSum;
    largest = Math.max(largest, Math.abs(below));
  }
  return Math.min(1, largest);
}

/** Weight of a training row per class that gives the mix of classes of other rows. */
export function mixWeights(trained: ArrayLike<number>, other: ArrayLike<number>): Float64Array {
  return Float64Array.from(trained, (rows, index) => (rows === 0 ? 0 : other[index] / rows));
}
