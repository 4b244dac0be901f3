import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { largestDifference, mixWeights, weighPlaces } from "./compare-places.ts";
import { type Drift, effectiveRows } from "./drift.ts";
import { fisherExactProbability } from "./fisher-exact.ts";
import { kolmogorovSmirnovProbability } from "./kolmogorov-smirnov.ts";
import type { Reference } from "./reference.ts";
import type { RowSample } from "./row-sample.ts";

/** How a KPI of a file differs from the same KPI of the training file. */
export interface ColumnShift {
  readonly name: string;
  /** Largest difference of the two distribution functions (Kolmogorov–Smirnov), 0 to 1. */
  readonly distance: number;
  /** Share of gaps in the file less that in training, −1 to 1. */
  readonly gapShare: number;
  /** Chance of a difference as large between files of the same origin. */
  readonly probability: number;
}

/** `same`: no KPI differs by more than chance; `other`: a quarter of the KPIs or more does. */
export type ShiftVerdict = "same" | "partly-other" | "other";

export interface ShiftReport {
  readonly verdict: ShiftVerdict;
  /** Rows that were compared: all of a small file, a random sample of a large one. */
  readonly sampledRows: number;
  readonly kpis: number;
  /** KPIs that differ by more than chance. */
  readonly shifted: number;
  /** Those among them whose share of gaps differs. */
  readonly gapsShifted: number;
  /** Mean over the KPIs. */
  readonly meanDistance: number;
  /** Total variation distance between the diagnosed classes and those of the training file, 0 to 1. */
  readonly classDistance: number;
  /** The KPIs that differ most, the greatest distance first; at most 20. */
  readonly most: readonly ColumnShift[];
}

/** Chance that a file of the same origin is called another. */
const falseAlarmRate = 0.05;
/** Smaller differences are not worth a word, however sure they are. */
const leastDistance = 0.1;
const leastGapShare = 0.05;
const otherShare = 0.25;
const mostNamed = 20;

/**
 * Compares a file with what its model was trained on, KPI by KPI: a two-sample Kolmogorov–Smirnov test at the cuts of
 * the reference and Fisher's exact test of the gaps, by the number of rows at hand, with the false discovery rate held
 * at 5 % (Benjamini and Hochberg). A file of one fault is no other environment for that: each KPI is also compared with
 * the training file weighted to the mix of classes that the file was diagnosed with, and the nearer of the two counts.
 * @param names per column of the reference; null for a column that the file does not have
 * @param fileRows rows of the file that the sample was drawn from; default as many as were sampled
 */
export function shiftReport(
  reference: Reference,
  sample: RowSample,
  names: readonly (string | null)[],
  fileRows = sample.rows,
): ShiftReport {
  const mixes = [reference.classRows.map(Math.sign), mixWeights(reference.classRows, sample.classRows())];
  const shifts: (ColumnShift & { readonly gaps: boolean; readonly values: boolean })[] = [];
  for (const [column, name] of names.entries()) {
    if (name === null) continue;
    const [trained, diagnosed] = mixes.map((weights) => compareColumn(reference, column, sample, fileRows, weights));
    shifts.push({ name, ...(diagnosed.probability > trained.probability ? diagnosed : trained) });
  }
  const believed = benjaminiHochberg(
    shifts.map(({ probability }) => probability),
    falseAlarmRate,
  );
  const shifted = shifts.filter(({ values, gaps }, index) => believed[index] && (values || gaps));
  const most = [...shifted].sort((a, b) => b.distance - a.distance).slice(0, mostNamed);
  return {
    verdict: verdict(shifted.length, shifts.length),
    sampledRows: sample.rows,
    kpis: shifts.length,
    shifted: shifted.length,
    gapsShifted: shifted.filter(({ gaps }) => gaps).length,
    meanDistance: shifts.reduce((sum, { distance }) => sum + distance, 0) / Math.max(1, shifts.length),
    classDistance: classDistance(reference.classRows, sample.classRows()),
    most: most.map(({ values: _, gaps: __, ...shift }) => shift),
  };
}

function verdict(shifted: number, all: number): ShiftVerdict {
  if (shifted === 0) return "same";
  return shifted >= otherShare * all ? "other" : "partly-other";
}

/**
 * What a sampled row counts as, 0 to 1: the rows of a file follow one another in time, and tell as much as fewer rows
 * drawn at random would.
 */
function toldBy(drift: Drift | undefined, column: number, sampledRows: number, fileRows: number) {
  if (!drift || drift.lengths.length === 0 || sampledRows === 0) return { values: 1, gaps: 1 };
  const { lengths } = drift;
  const own = (numbers: Float32Array) => numbers.subarray(column * lengths.length, (column + 1) * lengths.length);
  const share = (inflations: Float32Array) => {
    const variance = 1 / effectiveRows(lengths, own(inflations), fileRows) + 1 / sampledRows - 1 / fileRows;
    return Math.min(1, 1 / (variance * sampledRows));
  };
  return { values: share(drift.values), gaps: share(drift.gaps) };
}

function compareColumn(
  reference: Reference,
  column: number,
  sample: RowSample,
  fileRows: number,
  weights: ArrayLike<number>,
) {
  const trained = weighPlaces(reference.columns[column].counts, reference.classRows, weights);
  const { places, gaps } = sample.columnRows(column);
  const present = sample.rows - gaps;
  const distance = largestDifference(trained.places, trained.present, places, present);
  const told = toldBy(reference.drift, column, sample.rows, fileRows);
  const valueProbability = kolmogorovSmirnovProbability(distance, trained.effectivePresent, told.values * present);
  const trainedRows = Math.round(trained.effectiveRows);
  const trainedHits = Math.round(trained.gapShare * trainedRows);
  const gapShare = sample.rows === 0 ? 0 : gaps / sample.rows - trained.gapShare;
  const hits = Math.round(told.gaps * gaps);
  const asked = Math.max(hits, Math.round(told.gaps * sample.rows));
  const gapProbability = fisherExactProbability(hits, asked, trainedHits, trainedRows);
  return {
    distance,
    gapShare,
    probability: Math.min(1, 2 * Math.min(valueProbability, gapProbability)),
    values: distance >= leastDistance && valueProbability <= gapProbability,
    gaps: Math.abs(gapShare) >= leastGapShare && gapProbability < valueProbability,
  };
}

function classDistance(trained: Int32Array, diagnosed: Int32Array): number {
  const sum = (rows: Int32Array) =>
    Math.max(
      1,
      rows.reduce((total, count) => total + count, 0),
    );
  const [trainedSum, diagnosedSum] = [sum(trained), sum(diagnosed)];
  return trained.reduce((total, rows, i) => total + Math.abs(rows / trainedSum - diagnosed[i] / diagnosedSum), 0) / 2;
}
