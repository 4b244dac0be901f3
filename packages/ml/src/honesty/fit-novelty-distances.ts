import { createPacer, type Pacer } from "../pacer.ts";
import { createRandom } from "../random/random.ts";
import { drawWeighted } from "./draw-weighted.ts";
import { fillGaps, gapsOf, type NoveltyDistances } from "./novelty-distances.ts";
import { fitWhitening, precisionOf } from "./whitening.ts";

/** Share of the average variance that is put on the diagonal of each covariance. */
const diagonalShare = 0.02;
/** Rows that the shared covariance counts as, beside those of the class. */
const sharedRows = 10;
/** Random subsets of the columns that precisions are the mean of. */
const subsets = 30;
const subsetSize = 16;
/** Of the average of a precision's diagonal, on its diagonal, so that a column that no subset drew is no harm. */
const ridge = 1e-4;

interface Moments {
  readonly means: readonly Float64Array[];
  /** Sums of outer products of the rows' differences from the class's mean, `size × size`. */
  readonly scatters: readonly Float64Array[];
  /** Mean over all rows. */
  readonly shared: Float64Array;
  readonly counts: readonly number[];
}

/**
 * Means, precisions and log-determinants of Gaussian classes. Covariances are drawn to the shared one by as much as the
 * class has few rows (J. H. Friedman, "Regularized discriminant analysis", 1989), and precisions are means over random
 * subsets of the columns (T. L. Marzetta, G. H. Tucci, S. H. Simon, "A random matrix-theoretic approach to handling
 * singular covariance estimates", 2011), drawn by what a column tells. Gaps are filled with their mean given the row's
 * other numbers and its class, in one round of expectation and maximisation.
 * @param values `labels.length × size`, NaN for gaps
 * @param labels dense class index per row
 * @param importance per column, 0 or more
 */
export async function fitNoveltyDistances(
  values: Float32Array,
  labels: Int32Array,
  classCount: number,
  importance: Float64Array,
  signal?: AbortSignal,
): Promise<NoveltyDistances> {
  const size = importance.length;
  const pacer = createPacer(signal);
  const members: number[][] = Array.from({ length: classCount }, () => []);
  for (const [row, label] of labels.entries()) members[label].push(row);
  const filled = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));
  const none = members.map(() => new Float64Array(size));
  const first = await momentsOf(filled, members, size, none, pacer);
  const unsure = await fillByClass(filled, values, members, first, size, pacer);
  return averageOverSubsets(await momentsOf(filled, members, size, unsure, pacer), importance, pacer);
}

/** @param unsure per class what the gaps' own variances add to the diagonal of its scatter */
async function momentsOf(
  values: Float64Array,
  members: readonly (readonly number[])[],
  size: number,
  unsure: readonly Float64Array[],
  pacer: Pacer,
): Promise<Moments> {
  const means: Float64Array[] = [];
  const scatters: Float64Array[] = [];
  const shared = new Float64Array(size * size);
  let rowCount = 0;
  for (const [index, rows] of members.entries()) {
    await pacer.giveWay();
    const mean = meanOf(values, rows, size);
    const scatter = scatterOf(values, rows, mean, size);
    for (let i = 0; i < size; i++) scatter[i * (size + 1)] += unsure[index][i];
    for (let cell = 0; cell < shared.length; cell++) shared[cell] += scatter[cell];
    rowCount += rows.length;
    means.push(mean);
    scatters.push(scatter);
  }
  return { means, scatters, shared: shared.map((sum) => sum / rowCount), counts: members.map((rows) => rows.length) };
}

/** @returns per class the sum of the variances that are left to the gaps, per column */
async function fillByClass(
  filled: Float64Array,
  values: Float32Array,
  members: readonly (readonly number[])[],
  moments: Moments,
  size: number,
  pacer: Pacer,
): Promise<Float64Array[]> {
  const all = Array.from({ length: size }, (_, column) => column);
  const unsure: Float64Array[] = [];
  for (const [index, rows] of members.entries()) {
    const precision = precisionOf(fitWhitening(covarianceOf(moments, index, all), size), size);
    const mean = moments.means[index];
    const variances = new Float64Array(size);
    for (const row of rows) {
      await pacer.giveWay();
      const own = values.subarray(row * size, (row + 1) * size);
      const gaps = gapsOf(own);
      if (gaps.length === 0) continue;
      const difference = mean.map((centre, column) => (Number.isNaN(own[column]) ? 0 : own[column] - centre));
      fillGaps(precision, difference, gaps);
      for (const gap of gaps) {
        filled[row * size + gap] = mean[gap] + difference[gap];
        variances[gap] += 1 / precision[gap * (size + 1)];
      }
    }
    unsure.push(variances);
  }
  return unsure;
}

async function averageOverSubsets(moments: Moments, importance: Float64Array, pacer: Pacer): Promise<NoveltyDistances> {
  const size = importance.length;
  const random = createRandom(0);
  const drawn = Math.min(subsetSize, size);
  const count = drawn < size ? subsets : 1;
  const precisions = moments.means.map(() => new Float64Array(size * size));
  const logDeterminants = moments.means.map(() => 0);
  for (let subset = 0; subset < count; subset++) {
    const columns = drawWeighted(importance, drawn, random);
    for (const [index, precision] of precisions.entries()) {
      await pacer.giveWay();
      const whitening = fitWhitening(covarianceOf(moments, index, columns), drawn);
      const own = precisionOf(whitening, drawn);
      for (const [i, row] of columns.entries()) {
        for (const [j, column] of columns.entries()) precision[row * size + column] += own[i * drawn + j] / count;
      }
      logDeterminants[index] += whitening.logDeterminant / count;
    }
  }
  for (const precision of precisions) {
    let trace = 0;
    for (let i = 0; i < size; i++) trace += precision[i * (size + 1)];
    for (let i = 0; i < size; i++) precision[i * (size + 1)] += (ridge * trace) / size;
  }
  return { means: moments.means, precisions, logDeterminants };
}

/** Covariance of some columns in a class, regularised. */
function covarianceOf({ scatters, shared, counts }: Moments, index: number, columns: readonly number[]): Float64Array {
  const whole = Math.sqrt(shared.length);
  const size = columns.length;
  const covariance = new Float64Array(size * size);
  let trace = 0;
  for (const [i, row] of columns.entries()) {
    for (const [j, column] of columns.entries()) {
      const cell = row * whole + column;
      covariance[i * size + j] = (scatters[index][cell] + sharedRows * shared[cell]) / (counts[index] + sharedRows);
    }
    trace += covariance[i * (size + 1)];
  }
  const variance = Math.max(trace / size, 1e-6);
  return covariance.map((value, cell) => {
    const onDiagonal = cell % (size + 1) === 0;
    return (1 - diagonalShare) * value + (onDiagonal ? diagonalShare * variance : 0);
  });
}

function meanOf(values: Float64Array, rows: readonly number[], size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) mean[i] += values[row * size + i];
  return mean.map((sum) => sum / rows.length);
}

/** Sum of the outer products of the rows' differences from a centre, `size × size`. */
function scatterOf(values: Float64Array, rows: readonly number[], centre: Float64Array, size: number): Float64Array {
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
