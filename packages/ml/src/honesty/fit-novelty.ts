import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { fisherScores } from "./fisher-scores.ts";
import { gatherColumns } from "./gather-columns.ts";
import { createNovelty, type Novelty, type NoveltyDistances, noveltyDistance } from "./novelty.ts";
import { fitDoubt } from "./novelty-doubt.ts";
import { fitEnergy } from "./novelty-energy.ts";
import { fitNoveltyPreparation } from "./novelty-preparation.ts";
import { type PartScale, scaleOf } from "./part-scale.ts";
import { fitWhitening } from "./whitening.ts";

const mostColumns = 30;
/** Share of the average variance that is put on the diagonal of each covariance. */
const diagonalShare = 0.03;
/** Rows that take part per class; more add nothing but time. */
const mostRowsPerClass = 4_000;
/** Each class is a distance to compute for each row. */
const mostClasses = 64;

/**
 * Learns what known classes look like, from the 30 KPIs that tell them apart best. Class covariances are drawn to the
 * shared one by as much as the class has few rows (J. H. Friedman, "Regularized discriminant analysis", 1989).
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
  const columns = await chooseColumns(raw, chosen, chosenLabels, occurring, signal);
  if (columns.length === 0) return undefined;

  const own = { columnCount: columns.length, values: gatherColumns(raw, chosen, columns) };
  const all = Int32Array.from(chosen.keys());
  const prepare = await fitNoveltyPreparation(own, all, signal);
  const prepared = await prepare.apply(own, all, signal);
  const distances = await fitDistances(prepared, chosenLabels, occurring, prepare.outputColumns, signal);
  const scale = await fitScale(distances, prepared, prepare.outputColumns, signal);
  const energy = await fitEnergy(raw, chosen, chosenLabels, occurring, signal);
  const doubt = await fitDoubt(raw, chosen, chosenLabels, occurring, signal);
  const fit = { columns, preparation: prepare, ...distances, scale };
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
): Promise<number[]> {
  const prepare = await fitNoveltyPreparation(raw, rows, signal);
  const used = [...prepare.used.keys()].filter((column) => prepare.used[column]);
  const scores = fisherScores(await prepare.apply(raw, rows, signal), labels, used.length, classCount);
  const order = [...used.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, mostColumns);
  return order.map((place) => used[place]).sort((a, b) => a - b);
}

async function fitDistances(
  values: Float32Array,
  labels: Int32Array,
  classCount: number,
  size: number,
  signal: AbortSignal | undefined,
): Promise<NoveltyDistances> {
  const pacer = createPacer(signal);
  const all = Int32Array.from(labels.keys());
  const members = Array.from({ length: classCount }, (_, index) => all.filter((row) => labels[row] === index));
  const means = members.map((rows) => meanOf(values, rows, size));
  const scatters: Float64Array[] = [];
  for (const [index, rows] of members.entries()) {
    await pacer.giveWay();
    scatters.push(scatterOf(values, rows, means[index], size));
  }
  const shared = new Float64Array(size * size);
  for (const scatter of scatters) for (let cell = 0; cell < shared.length; cell++) shared[cell] += scatter[cell];
  for (let cell = 0; cell < shared.length; cell++) shared[cell] /= all.length;
  const whitenings = scatters.map((scatter, index) => {
    const rows = members[index].length;
    const covariance = scatter.map((sum, cell) => (sum + size * shared[cell]) / (rows + size));
    return fitWhitening(withDiagonal(covariance, size), size);
  });
  return { means, whitenings };
}

function meanOf(values: Float32Array, rows: Int32Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) mean[i] += values[row * size + i];
  return mean.map((sum) => sum / rows.length);
}

/** Sum of the outer products of the rows' differences from a centre, `size × size`. */
function scatterOf(values: Float32Array, rows: Int32Array, centre: Float64Array, size: number): Float64Array {
  const scatter = new Float64Array(size * size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) {
      const difference = values[row * size + i] - centre[i];
      for (let j = 0; j <= i; j++) scatter[i * size + j] += difference * (values[row * size + j] - centre[j]);
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) scatter[j * size + i] = scatter[i * size + j];
  return scatter;
}

function withDiagonal(covariance: Float64Array, size: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += covariance[i * size + i];
  const variance = Math.max(trace / size, 1e-6);
  return covariance.map((value, cell) => {
    const onDiagonal = cell % (size + 1) === 0;
    return (1 - diagonalShare) * value + (onDiagonal ? diagonalShare * variance : 0);
  });
}

async function fitScale(
  distances: NoveltyDistances,
  prepared: Float32Array,
  size: number,
  signal: AbortSignal | undefined,
): Promise<PartScale> {
  const pacer = createPacer(signal);
  const found = new Float64Array(prepared.length / size);
  for (let row = 0; row < found.length; row++) {
    if (row % 64 === 0) await pacer.giveWay();
    found[row] = noveltyDistance(distances, prepared.subarray(row * size, (row + 1) * size));
  }
  return scaleOf(found);
}
