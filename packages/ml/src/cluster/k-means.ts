import { createPacer } from "../pacer.ts";
import type { Random } from "../random/random.ts";

export interface KMeansOptions {
  readonly random: Random;
  /** Starts, of which the best counts; default 8. */
  readonly restarts?: number;
  /** Of each start at most; default 100. */
  readonly iterations?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface KMeans {
  /** `k × width`, row by row. */
  readonly centres: Float64Array;
  /** Cluster per row. */
  readonly assignments: Int32Array;
  /** Sum of the squared distances to the centres. */
  readonly inertia: number;
}

const rowsPerSlice = 256;

/**
 * k-means (S. Lloyd, 1982) from starts by greedy k-means++ (D. Arthur, S. Vassilvitskii, 2007), as scikit-learn does it:
 * a cluster that loses its rows takes the row that is furthest from its centre.
 * @param values `rowCount × width`, row by row, finite
 * @param k 1 to `rowCount`
 */
export async function kMeans(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  options: KMeansOptions,
): Promise<KMeans> {
  if (!(k >= 1 && k <= rowCount)) throw new RangeError("the number of clusters is 1 to the number of rows");
  let best: KMeans | undefined;
  for (let start = 0; start < (options.restarts ?? 8); start++) {
    const found = await oneStart(values, rowCount, width, k, options);
    if (!best || found.inertia < best.inertia) best = found;
  }
  if (!best) throw new RangeError("there is at least one start");
  return best;
}

async function oneStart(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  { random, iterations = 100, signal }: KMeansOptions,
): Promise<KMeans> {
  const pacer = createPacer(signal);
  const centres = await spreadCentres(values, rowCount, width, k, random, signal);
  const assignments = new Int32Array(rowCount).fill(-1);
  const squares = new Float64Array(rowCount);
  let inertia = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    let changed = 0;
    inertia = 0;
    for (let row = 0; row < rowCount; row++) {
      if (row % rowsPerSlice === 0) await pacer.giveWay();
      const nearest = nearestCentre(values, row * width, centres, k, width);
      if (assignments[row] !== nearest.cluster) changed++;
      assignments[row] = nearest.cluster;
      squares[row] = nearest.square;
      inertia += nearest.square;
    }
    if (changed === 0) break;
    moveCentres(values, rowCount, width, k, assignments, squares, centres);
  }
  return { centres, assignments, inertia };
}

/** The centre nearest to a row, and the squared distance to it. */
export function nearestCentre(
  values: Float32Array,
  offset: number,
  centres: Float64Array,
  k: number,
  width: number,
): { readonly cluster: number; readonly square: number } {
  let cluster = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < k; index++) {
    let square = 0;
    const from = index * width;
    for (let column = 0; column < width; column++) {
      const difference = values[offset + column] - centres[from + column];
      square += difference * difference;
    }
    if (square < least) {
      least = square;
      cluster = index;
    }
  }
  return { cluster, square: least };
}

/** Of some candidates drawn by their squared distance to the centres so far, the one that lessens the sum most. */
async function spreadCentres(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  random: Random,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const pacer = createPacer(signal);
  const candidates = 2 + Math.floor(Math.log(k));
  const centres = new Float64Array(k * width);
  let least = new Float64Array(rowCount).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < k; index++) {
    let best = { row: 0, sum: Number.POSITIVE_INFINITY, squares: least };
    for (let candidate = 0; candidate < (index === 0 ? 1 : candidates); candidate++) {
      await pacer.giveWay();
      const row = index === 0 ? random.below(rowCount) : drawBy(least, random);
      const squares = least.slice();
      let sum = 0;
      for (let other = 0; other < rowCount; other++) {
        squares[other] = Math.min(squares[other], squareBetween(values, row * width, other * width, width));
        sum += squares[other];
      }
      if (sum < best.sum) best = { row, sum, squares };
    }
    least = best.squares;
    centres.set(values.subarray(best.row * width, (best.row + 1) * width), index * width);
  }
  return centres;
}

/** A row, as likely as its number says; any row where all are 0. */
function drawBy(weights: Float64Array, random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let row = 0; row < weights.length; row++) {
    left -= weights[row];
    if (left < 0) return row;
  }
  return random.below(weights.length);
}

function squareBetween(values: Float32Array, one: number, other: number, width: number): number {
  let square = 0;
  for (let column = 0; column < width; column++) square += (values[one + column] - values[other + column]) ** 2;
  return square;
}

function moveCentres(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  assignments: Int32Array,
  squares: Float64Array,
  centres: Float64Array,
): void {
  const counts = new Int32Array(k);
  for (const cluster of assignments) counts[cluster]++;
  for (let cluster = 0; cluster < k; cluster++) {
    if (counts[cluster] > 0) continue;
    let furthest = 0;
    for (let row = 1; row < rowCount; row++) if (squares[row] > squares[furthest]) furthest = row;
    counts[assignments[furthest]]--;
    assignments[furthest] = cluster;
    squares[furthest] = 0;
    counts[cluster] = 1;
  }
  centres.fill(0);
  for (let row = 0; row < rowCount; row++) {
    const to = assignments[row] * width;
    for (let column = 0; column < width; column++) centres[to + column] += values[row * width + column];
  }
  for (let cluster = 0; cluster < k; cluster++) {
    for (let column = 0; column < width; column++) centres[cluster * width + column] /= Math.max(1, counts[cluster]);
  }
}
