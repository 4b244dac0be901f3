import { largestDifference, mixWeights, weighPlaces } from "./compare-places.ts";
import { gapPlace } from "./place-of.ts";

/**
 * How much more successive stretches of a training file differ from the rest of it than as many rows drawn at random
 * would: rows that follow one another in time are alike, so that a stretch of 1,000 may tell as little as 50.
 */
export interface Drift {
  /** Rows of the stretches that were looked at, rising; none for a file too short. */
  readonly lengths: readonly number[];
  /** Per column and length, column by column: variance of the values' distribution over that of as many random rows. */
  readonly values: Float32Array;
  /** The same of the share of gaps. */
  readonly gaps: Float32Array;
}

/** Of one column, per length. */
export interface ColumnDrift {
  readonly values: readonly number[];
  readonly gaps: readonly number[];
}

/** Stretches that a file is cut into. */
const cuts = [128, 32, 8];
/** Of so many of them each difference is taken, evenly over the file. */
const mostStretches = 32;
const leastRows = 20;
/** Of K² under Kolmogorov's distribution; the spread is the standard deviation as a share of the mean. */
const kolmogorovSquare = { mean: Math.PI ** 2 / 12, spread: 0.63 };
const normalSquareSpread = Math.SQRT2;
/** What chance makes of random rows is no drift. */
const sureDeviations = 3;

/**
 * Looks at the drift of column after column.
 * @param labels class index per row, in the order of time
 */
export function createDriftFit(labels: Int32Array, classCount: number) {
  const stretchCounts = cuts.filter((count) => Math.floor(labels.length / count) >= leastRows);
  const classRows = countClasses(labels, classCount);
  const scales = stretchCounts.map((count) => someStretches(labels, count, classCount, classRows));

  /**
   * Differences of stretches from all other rows, weighted to the stretch's mix of classes where that is nearer, as a
   * file is compared later. An inflation that chance could give is 1.
   * @param places of the column, one per row
   */
  function ofColumn(places: Uint8Array, placeCount: number): ColumnDrift {
    const count = (first: number, end: number) => countPlaces(places, labels, placeCount, classCount, first, end);
    const all = count(0, labels.length);
    const found = scales.map((stretches) => {
      const differences = stretches.map((stretch) => differenceOf(all, count(stretch.first, stretch.end), stretch));
      const chance = sureDeviations / Math.sqrt(stretches.length);
      const value = meanOf(differences.map(({ value }) => value)) / kolmogorovSquare.mean;
      const gap = meanOf(differences.map(({ gap }) => gap));
      return {
        value: value > 1 + chance * kolmogorovSquare.spread ? toHundredth(value) : 1,
        gap: gap > 1 + chance * normalSquareSpread ? toHundredth(gap) : 1,
      };
    });
    return { values: found.map(({ value }) => value), gaps: found.map(({ gap }) => gap) };
  }

  return { lengths: stretchCounts.map((count) => Math.floor(labels.length / count)), ofColumn };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * How many random rows a stretch of so many tells as much as: between the lengths that were looked at by the logarithm,
 * beyond them a longer stretch tells no more.
 * @param inflations of one column, per length
 */
export function effectiveRows(lengths: readonly number[], inflations: ArrayLike<number>, rows: number): number {
  if (lengths.length === 0 || rows <= 1) return rows;
  const last = lengths.length - 1;
  if (rows >= lengths[last]) {
    // A slow drift is not averaged out by more rows.
    return inflations[last] > 1 ? lengths[last] / inflations[last] : rows;
  }
  const upper = lengths.findIndex((length) => rows < length);
  const [fromRows, from] = upper === 0 ? [1, 1] : [lengths[upper - 1], inflations[upper - 1]];
  const share = Math.log(rows / fromRows) / Math.log(lengths[upper] / fromRows);
  return rows / Math.exp((1 - share) * Math.log(from) + share * Math.log(inflations[upper]));
}

interface Stretch {
  readonly first: number;
  readonly end: number;
  /** Rows per class, and those of all other rows. */
  readonly classRows: Int32Array;
  readonly otherRows: Int32Array;
  /** Weights of the other rows: as they are, and to the stretch's mix. */
  readonly mixes: readonly ArrayLike<number>[];
}

function someStretches(labels: Int32Array, count: number, classCount: number, classRows: Int32Array): Stretch[] {
  const chosen = Math.min(count, mostStretches);
  return Array.from({ length: chosen }, (_, place) => {
    const index = Math.floor((place * count) / chosen);
    const first = Math.floor((index * labels.length) / count);
    const end = Math.floor(((index + 1) * labels.length) / count);
    const own = countClasses(labels.subarray(first, end), classCount);
    const others = classRows.map((rows, label) => rows - own[label]);
    return { first, end, classRows: own, otherRows: others, mixes: [others.map(Math.sign), mixWeights(others, own)] };
  });
}

function countClasses(labels: Int32Array, classCount: number): Int32Array {
  const counts = new Int32Array(classCount);
  for (const label of labels) counts[label]++;
  return counts;
}

/** Rows per place and class; gaps are in none. */
function countPlaces(
  places: Uint8Array,
  labels: Int32Array,
  placeCount: number,
  classCount: number,
  first: number,
  end: number,
): Int32Array {
  const counts = new Int32Array(placeCount * classCount);
  for (let row = first; row < end; row++) {
    if (places[row] !== gapPlace) counts[places[row] * classCount + labels[row]]++;
  }
  return counts;
}

/** Squared differences in units of the variance among random rows. */
function differenceOf(all: Int32Array, own: Int32Array, stretch: Stretch) {
  const others = all.map((count, at) => count - own[at]);
  const mine = weighPlaces(own, stretch.classRows, stretch.classRows.map(Math.sign));
  let least = { value: Number.POSITIVE_INFINITY, gap: Number.POSITIVE_INFINITY };
  for (const weights of stretch.mixes) {
    const theirs = weighPlaces(others, stretch.otherRows, weights);
    const distance = largestDifference(theirs.places, theirs.present, mine.places, mine.present);
    const value = distance ** 2 * harmonic(mine.present, theirs.effectivePresent);
    const spread = theirs.gapShare * (1 - theirs.gapShare);
    const rows = harmonic(stretch.end - stretch.first, theirs.effectiveRows);
    const gap = spread > 0 ? ((mine.gapShare - theirs.gapShare) ** 2 * rows) / spread : 0;
    if (value < least.value) least = { value, gap };
  }
  return least;
}

/** As it is written. */
function toHundredth(value: number): number {
  return Math.round(100 * value) / 100;
}

function harmonic(one: number, other: number): number {
  return one > 0 && other > 0 ? (one * other) / (one + other) : 0;
}
