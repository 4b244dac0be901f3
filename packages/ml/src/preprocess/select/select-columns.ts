import { createPacer } from "../../pacer.ts";
import { createRandom, type Random } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { hold, largestFloat32 } from "../hold.ts";
import type { RawRows } from "../preparation.ts";
import { signedLog } from "../signed-log.ts";
import { binColumn } from "./binned-column.ts";
import { fisherScore } from "./fisher-score.ts";
import { forestImportance } from "./forest-importance.ts";
import { mutualInformation } from "./mutual-information.ts";
import type { FeatureScore, SelectionSettings } from "./selection.ts";

/** Rows that scores are taken of; more are thinned out evenly. */
const mostRows = 20_000;
const mostBins = 16;
/** Shuffles of the labels that tell what a column scores by chance. */
const shuffles = 5;
const folds = 5;
/** A column stays that more of the parts choose. */
const stableShare = 0.5;
/** Columns that are kept at most where their number is not given. */
const mostAutomatic = 256;

/**
 * Scores every column on the given rows by what it tells of the class, and chooses columns. Higher is better; a column
 * that is kept has a score above 0; where none is good enough, nothing is chosen and all are kept.
 *
 * `fisher` scores signed logarithms; `mutual-information` quantile bins, gaps among them; `importance` what a column
 * gains in a forest, beside all others; `stability` is the share of five overlapping parts of the rows in which mutual
 * information chooses the column.
 *
 * @param labels class index per row of the whole table
 */
export async function selectColumns(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  settings: SelectionSettings,
  signal?: AbortSignal,
): Promise<FeatureScore[]> {
  const step = Math.ceil(rows.length / mostRows);
  const sample = rows.filter((_, index) => index % step === 0);
  const random = createRandom(settings.seed);
  if (settings.selection === "importance") {
    const { scores, byChance } = await forestImportance(raw, sample, labels, classCount, random, signal);
    return choose(scores, settings.keepFeatures, byChance);
  }
  if (settings.selection !== "stability") {
    return scoreOnce(raw, sample, labels, classCount, settings.selection, settings.keepFeatures, random, signal);
  }
  const shares = new Array<number>(raw.columnCount).fill(0);
  const order = Int32Array.from(sample.keys());
  shuffle(order, random);
  for (let fold = 0; fold < folds; fold++) {
    const part = sample.filter((_, index) => order[index] % folds !== fold);
    const kind = "mutual-information";
    const found = await scoreOnce(raw, part, labels, classCount, kind, settings.keepFeatures, random, signal);
    for (const [column, { kept }] of found.entries()) shares[column] += kept ? 1 / folds : 0;
  }
  return choose(shares, settings.keepFeatures, stableShare);
}

/** @param keep 0: what scores more than the best column does by chance */
async function scoreOnce(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  kind: "fisher" | "mutual-information",
  keep: number,
  random: Random,
  signal?: AbortSignal,
): Promise<FeatureScore[]> {
  const pacer = createPacer(signal);
  const own = rows.map((row) => labels[row]);
  const shuffled = Array.from({ length: keep === 0 ? shuffles : 0 }, () => {
    const copy = own.slice();
    shuffle(copy, random);
    return copy;
  });
  const scores: number[] = [];
  let byChance = 0;
  for (let column = 0; column < raw.columnCount; column++) {
    await pacer.giveWay();
    const score = columnScorer(columnValues(raw, rows, column), classCount, kind);
    scores.push(score(own));
    for (const other of shuffled) byChance = Math.max(byChance, score(other));
  }
  return choose(scores, keep, byChance);
}

function columnScorer(
  values: Float64Array,
  classCount: number,
  kind: "fisher" | "mutual-information",
): (labels: Int32Array) => number {
  if (kind === "fisher") {
    const logs = values.map((value) => signedLog(value, 1));
    return (labels) => fisherScore(logs, labels, classCount);
  }
  const binned = binColumn(values, mostBins);
  return (labels) => mutualInformation(binned, labels, classCount);
}

function columnValues({ values, columnCount }: RawRows, rows: Int32Array, column: number): Float64Array {
  return Float64Array.from(rows, (row) => {
    const value = values[row * columnCount + column];
    return Number.isNaN(value) ? value : hold(value, largestFloat32);
  });
}

/** @param keep 0: all above the threshold */
function choose(scores: readonly number[], keep: number, threshold: number): FeatureScore[] {
  const ranked = scores.map((_, column) => column).sort((one, other) => scores[other] - scores[one] || one - other);
  const good = ranked.filter((column) => scores[column] > (keep === 0 ? threshold : 0));
  const chosen = new Set(good.slice(0, keep === 0 ? mostAutomatic : keep));
  if (chosen.size === 0) return scores.map((score) => ({ score, kept: true }));
  return scores.map((score, column) => ({ score, kept: chosen.has(column) }));
}
