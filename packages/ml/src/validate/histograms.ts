import { normalClass } from "../honesty/normal-class.ts";
import { quantile } from "../preprocess/quantile.ts";
import type { ClassSample, SampledClass } from "./class-sample.ts";

/** How the values of a KPI are spread, class by class, in a sample of the rows. */
export interface FeatureHistogram {
  readonly name: string;
  /** How wide the bins are: equally, or equally in the logarithm, for a KPI whose values span orders of magnitude. */
  readonly scale: "linear" | "log";
  /**
   * Bounds of the bins in rising order: one more than bins, from the 1st to the 99th percentile of the sample; a bin has
   * its lower bound, the last one both. Two equal ones for a constant KPI; none for one without numbers.
   */
  readonly edges: readonly number[];
  /** `counts[class][bin]` of sampled rows. */
  readonly counts: readonly (readonly number[])[];
  /** Sampled rows by class below the first and above the last bound, and gaps. */
  readonly below: readonly number[];
  readonly above: readonly number[];
  readonly gaps: readonly number[];
  /**
   * The middle 98 % of the rows of the class called normal; of all rows, each class with its weight, where there is no
   * such class. null where there are too few numbers to tell.
   */
  readonly normal: { readonly low: number; readonly high: number } | null;
}

export interface Histograms {
  readonly schema: "histograms.v1";
  readonly rows: number;
  readonly sampledRows: number;
  /** In the order of the profile; rows without a class come last, under no name. */
  readonly classes: readonly { readonly name: string | null; readonly rows: number; readonly sampled: number }[];
  /** The class that the normal ranges are of. */
  readonly normalClass: string | null;
  readonly features: readonly FeatureHistogram[];
}

const mostBins = 30;
const fewestBins = 6;
/** Counts of all features together, so that the file can be read whole. */
const maxCounts = 1_500_000;
const leastForRange = 20;
const tail = 0.01;
/** From here on a KPI above zero is drawn on a logarithmic scale, if most of its values crowd at the lower end. */
const logRatio = 1_000;

/**
 * @param names of the features, in the order of the sampled rows
 * @param classNames by the index that the sample was told
 * @param order of the classes
 */
export function buildHistograms(
  sample: ClassSample,
  names: readonly string[],
  classNames: readonly string[],
  order: readonly string[],
): Histograms {
  const place = (index: number) => (index < 0 ? order.length : order.indexOf(classNames[index]));
  const classes = sample.classes().sort((a, b) => place(a.index) - place(b.index));
  const called = normalClass(classNames);
  const normal = classes.find(({ index }) => index >= 0 && index === called);
  const bins = Math.floor(maxCounts / Math.max(1, names.length * classes.length));
  const binCount = Math.max(fewestBins, Math.min(mostBins, bins));
  return {
    schema: "histograms.v1",
    rows: classes.reduce((sum, { rows }) => sum + rows, 0),
    sampledRows: classes.reduce((sum, { offsets }) => sum + offsets.length, 0),
    classes: classes.map(({ index, rows, offsets }) => ({
      name: index < 0 ? null : classNames[index],
      rows,
      sampled: offsets.length,
    })),
    normalClass: normal ? classNames[normal.index] : null,
    features: names.map((name, feature) => {
      const columns = classes.map((each) => columnOf(sample, each, feature));
      const all = joined(columns);
      const own = normal && columns[classes.indexOf(normal)];
      const range = own ? middle([own], own.sorted) : middle(columns, all);
      return { name, ...histogramOf(columns, all, binCount), normal: range };
    }),
  };
}

/** The numbers of a KPI in the sampled rows of a class. */
interface Column {
  readonly sorted: Float64Array;
  readonly gaps: number;
  /** Rows of the file that each sampled one stands for. */
  readonly weight: number;
}

function columnOf({ values }: ClassSample, { rows, offsets }: SampledClass, feature: number): Column {
  const numbers = new Float64Array(offsets.length);
  for (let row = 0; row < offsets.length; row++) numbers[row] = values[offsets[row] + feature];
  numbers.sort();
  // NaN is sorted to the end.
  const count = rankOf(numbers, Number.POSITIVE_INFINITY, "after");
  return { sorted: numbers.subarray(0, count), gaps: offsets.length - count, weight: rows / offsets.length };
}

/** @param sorted the numbers of all columns */
function histogramOf(
  columns: readonly Column[],
  sorted: Float64Array,
  binCount: number,
): Omit<FeatureHistogram, "name" | "normal"> {
  const gaps = columns.map((column) => column.gaps);
  const none = columns.map(() => 0);
  if (sorted.length === 0) {
    return { scale: "linear", edges: [], counts: columns.map(() => []), below: none, above: none, gaps };
  }
  let [low, high] = [quantile(sorted, tail), quantile(sorted, 1 - tail)];
  if (low === high) [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const scale = low > 0 && high / low > logRatio && quantile(sorted, 0.5) < low + (high - low) / 20 ? "log" : "linear";
  const edges = edgesBetween(low, high, low === high ? 1 : binCount, scale);
  const below = columns.map((column) => rankOf(column.sorted, low, "before"));
  const within = columns.map((column) => rankOf(column.sorted, high, "after"));
  const counts = columns.map((column, group) => {
    const ranks = edges.map((edge, i) =>
      i === edges.length - 1 ? within[group] : rankOf(column.sorted, edge, "before"),
    );
    return ranks.slice(1).map((rank, i) => rank - ranks[i]);
  });
  const above = columns.map((column, group) => column.sorted.length - within[group]);
  return { scale, edges, counts, below, above, gaps };
}

function edgesBetween(low: number, high: number, count: number, scale: "linear" | "log"): number[] {
  const at = (share: number) => (scale === "log" ? low * (high / low) ** share : low + (high - low) * share);
  return Array.from({ length: count + 1 }, (_, i) => (i === 0 ? low : i === count ? high : at(i / count)));
}

/** How many numbers stand before those that equal `value`, or before the first one after them. NaN is after all. */
function rankOf(sorted: Float64Array, value: number, side: "before" | "after"): number {
  let [first, end] = [0, sorted.length];
  while (first < end) {
    const half = (first + end) >> 1;
    if (sorted[half] < value || (side === "after" && sorted[half] === value)) first = half + 1;
    else end = half;
  }
  return first;
}

/**
 * Each class counts by all its rows, however many of them were sampled.
 * @param sorted the numbers of all columns
 */
function middle(columns: readonly Column[], sorted: Float64Array): { low: number; high: number } | null {
  if (sorted.length < leastForRange) return null;
  const whole = columns.reduce((sum, column) => sum + column.weight * column.sorted.length, 0);
  const shareUpTo = (value: number) =>
    columns.reduce((sum, column) => sum + column.weight * rankOf(column.sorted, value, "after"), 0) / whole;
  const at = (share: number) => {
    let [first, last] = [0, sorted.length - 1];
    while (first < last) {
      const half = (first + last) >> 1;
      if (shareUpTo(sorted[half]) >= share) last = half;
      else first = half + 1;
    }
    return sorted[first];
  };
  return { low: at(tail), high: at(1 - tail) };
}

function joined(columns: readonly Column[]): Float64Array {
  if (columns.length === 1) return columns[0].sorted;
  const all = new Float64Array(columns.reduce((sum, { sorted }) => sum + sorted.length, 0));
  let length = 0;
  for (const { sorted } of columns) {
    all.set(sorted, length);
    length += sorted.length;
  }
  return all.sort();
}
