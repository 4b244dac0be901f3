import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { fisherScores } from "./fisher-scores.ts";
import { fitNoveltyDistances } from "./fit-novelty-distances.ts";
import { gatherColumns } from "./gather-columns.ts";
import { createNovelty, markGaps, type Novelty } from "./novelty.ts";
import { type NoveltyDistances, noveltyDistance } from "./novelty-distances.ts";
import { fitDoubt } from "./novelty-doubt.ts";
import { fitEnergy } from "./novelty-energy.ts";
import { fitNoveltyPreparation } from "./novelty-preparation.ts";
import { type PartScale, scaleOf } from "./part-scale.ts";

const mostColumns = 45;
/** Numbers in the precisions of all classes: they are in the model's file, and each is used for every row. */
const mostCells = 60_000;
/** Rows that take part per class; more add nothing but time. */
const mostRowsPerClass = 4_000;
/** Each class is a distance to compute for each row. */
const mostClasses = 64;
/** Rows that the spread of the distances is taken from. */
const mostScaleRows = 5_000;

/**
 * Learns what known classes look like, from the up to 45 KPIs that tell them apart best by their Fisher score.
 * @param rows which rows; a class may have any number
 * @param labels class index per row of the whole table
 * @returns undefined where no KPI varies, or there are more than 64 classes
 */
export async function fitNovelty(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<Novelty | undefined> {
  const chosen = limitPerClass(rows, labels, classCount);
  const chosenLabels = denseLabels(chosen.map((row) => labels[row]));
  const occurring = 1 + chosenLabels.reduce((most, label) => Math.max(most, label), -1);
  if (occurring === 0 || occurring > mostClasses) return undefined;
  const { columns, scores } = await chooseColumns(raw, chosen, chosenLabels, occurring, signal);
  if (columns.length === 0) return undefined;

  const own = { columnCount: columns.length, values: gatherColumns(raw, chosen, columns) };
  const all = Int32Array.from(chosen.keys());
  const preparation = await fitNoveltyPreparation(own, all, signal);
  const prepared = markGaps(await preparation.apply(own, all, signal), own.values);
  const distances = await fitNoveltyDistances(prepared, chosenLabels, occurring, scores, signal);
  const scale = await fitScale(distances, prepared, columns.length, signal);
  const energy = await fitEnergy(raw, chosen, chosenLabels, occurring, signal);
  const doubt = await fitDoubt(raw, chosen, chosenLabels, occurring, signal);
  const fit = { columns, preparation, distances, scale };
  return createNovelty({ ...fit, ...(energy && { energy }), ...(doubt && { doubt }) });
}

/** The first rows of each class, spread evenly over the rows where there are more. */
function limitPerClass(rows: Int32Array, labels: Int32Array, classCount: number): Int32Array {
  const counts = new Int32Array(classCount);
  for (const row of rows) counts[labels[row]]++;
  const seen = new Int32Array(classCount);
  return rows.filter((row) => {
    const label = labels[row];
    const step = Math.max(1, counts[label] / mostRowsPerClass);
    const place = seen[label]++;
    return Math.floor(place / step) !== Math.floor((place - 1) / step);
  });
}

function denseLabels(labels: Int32Array): Int32Array {
  const occurring = [...new Set(labels)].sort((a, b) => a - b);
  return labels.map((label) => occurring.indexOf(label));
}

async function chooseColumns(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly columns: readonly number[]; readonly scores: Float64Array }> {
  const prepare = await fitNoveltyPreparation(raw, rows, signal);
  const used = [...prepare.used.keys()].filter((column) => prepare.used[column]);
  const scores = fisherScores(await prepare.apply(raw, rows, signal), labels, used.length, classCount);
  const most = Math.min(mostColumns, Math.floor(Math.sqrt(mostCells / classCount)));
  const order = [...used.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, most);
  order.sort((a, b) => a - b);
  return { columns: order.map((place) => used[place]), scores: Float64Array.from(order, (place) => scores[place]) };
}

async function fitScale(
  distances: NoveltyDistances,
  prepared: Float32Array,
  size: number,
  signal: AbortSignal | undefined,
): Promise<PartScale> {
  const pacer = createPacer(signal);
  const rowCount = prepared.length / size;
  const step = Math.max(1, Math.ceil(rowCount / mostScaleRows));
  const found = new Float64Array(Math.ceil(rowCount / step));
  for (let place = 0; place < found.length; place++) {
    if (place % 64 === 0) await pacer.giveWay();
    const row = place * step;
    found[place] = noveltyDistance(distances, prepared.subarray(row * size, (row + 1) * size));
  }
  return scaleOf(found);
}
