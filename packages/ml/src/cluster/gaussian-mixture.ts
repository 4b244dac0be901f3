import { fitWhitening } from "../honesty/whitening.ts";
import { createPacer } from "../pacer.ts";
import type { Random } from "../random/random.ts";
import { kMeans } from "./k-means.ts";

/** `diagonal`: variances of its own for each component; `tied`: one full covariance for all. */
export type Covariance = "diagonal" | "tied";

export interface GaussianMixtureOptions {
  readonly covariance: Covariance;
  readonly random: Random;
  /** At most; default 100. */
  readonly iterations?: number;
  /** Ends when the mean log-likelihood rises by less; default 1e-3. */
  readonly tolerance?: number;
  /** Added to every variance; default 1e-3 of the mean variance of the columns. */
  readonly floor?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface GaussianMixture {
  readonly k: number;
  readonly width: number;
  readonly covariance: Covariance;
  readonly weights: Float64Array;
  /** `k × width`, row by row; of mapped rows where there is a map. */
  readonly means: Float64Array;
  /** `k × width`; 1 where there is a map. */
  readonly variances: Float64Array;
  /** With a tied covariance: `width × width`, lower triangle, makes that covariance the unit matrix. */
  readonly map?: Float64Array;
  /** Of the tied covariance; 0 where there is none. */
  readonly logDeterminant: number;
  /** Mean over the rows. */
  readonly logLikelihood: number;
  /** Bayesian information criterion (G. Schwarz, 1978); the lower, the better. */
  readonly bic: number;
}

const rowsPerSlice = 256;
const leastWeight = 1e-12;

/**
 * Mixture of Gaussians by expectation and maximisation (A. Dempster, N. Laird, D. Rubin,
 * 1977), from k-means.
 * @param values `rowCount × width`, row by row, finite
 */
export async function fitGaussianMixture(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  options: GaussianMixtureOptions,
): Promise<GaussianMixture> {
  const { covariance, random, iterations = 100, tolerance = 1e-3, signal } = options;
  const floor = options.floor ?? Math.max(1e-6, 1e-3 * meanVariance(values, rowCount, width));
  const start = await kMeans(values, rowCount, width, k, { random, restarts: 2, iterations: 20, signal });
  const shares = new Float64Array(rowCount * k);
  for (let row = 0; row < rowCount; row++) shares[row * k + start.assignments[row]] = 1;
  const scatter = covariance === "tied" ? await meanProducts(values, rowCount, width, signal) : undefined;
  const fit = () => {
    const free = maximise(values, rowCount, width, k, shares, floor);
    return scatter ? tie(free, scatter, floor) : free;
  };
  let mixture = fit();
  let before = Number.NEGATIVE_INFINITY;
  const pacer = createPacer(signal);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const terms = logTerms(mixture);
    const point = new Float64Array(width);
    let total = 0;
    for (let row = 0; row < rowCount; row++) {
      if (row % rowsPerSlice === 0) await pacer.giveWay();
      mapRow(mixture, values, row * width, point);
      total += fillShares(mixture, terms, point, shares, row * k);
    }
    const logLikelihood = total / rowCount;
    const free = k - 1 + k * width + (covariance === "tied" ? (width * (width + 1)) / 2 : k * width);
    mixture = { ...mixture, logLikelihood, bic: -2 * total + free * Math.log(rowCount) };
    if (logLikelihood - before < tolerance) break;
    before = logLikelihood;
    if (iteration < iterations - 1) {
      const { bic } = mixture;
      mixture = { ...fit(), logLikelihood, bic };
    }
  }
  return mixture;
}

/** @returns tells the most likely component of a row */
export function assignToMixture(mixture: GaussianMixture): (values: Float32Array, offset: number) => number {
  const terms = logTerms(mixture);
  const shares = new Float64Array(mixture.k);
  const point = new Float64Array(mixture.width);
  return (values, offset) => {
    mapRow(mixture, values, offset, point);
    fillShares(mixture, terms, point, shares, 0);
    let best = 0;
    for (let index = 1; index < mixture.k; index++) if (shares[index] > shares[best]) best = index;
    return best;
  };
}

/** Per component, the part of its log-density that no row changes. */
function logTerms({ k, width, weights, variances, logDeterminant }: GaussianMixture): Float64Array {
  const constant = (width * Math.log(2 * Math.PI) + logDeterminant) / 2;
  return Float64Array.from({ length: k }, (_, index) => {
    let sum = Math.log(Math.max(weights[index], leastWeight)) - constant;
    for (let column = 0; column < width; column++) sum -= Math.log(variances[index * width + column]) / 2;
    return sum;
  });
}

/** Fills the shares of the components in a row. @returns the row's log-likelihood */
function fillShares(
  { k, width, means, variances }: GaussianMixture,
  terms: Float64Array,
  point: Float64Array,
  shares: Float64Array,
  at: number,
): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < k; index++) {
    let sum = terms[index];
    for (let column = 0; column < width; column++) {
      const difference = point[column] - means[index * width + column];
      sum -= (difference * difference) / variances[index * width + column] / 2;
    }
    shares[at + index] = sum;
    greatest = Math.max(greatest, sum);
  }
  let total = 0;
  for (let index = 0; index < k; index++) {
    shares[at + index] = Math.exp(shares[at + index] - greatest);
    total += shares[at + index];
  }
  for (let index = 0; index < k; index++) shares[at + index] /= total;
  return greatest + Math.log(total);
}

function maximise(
  values: Float32Array,
  rowCount: number,
  width: number,
  k: number,
  shares: Float64Array,
  floor: number,
): GaussianMixture {
  const weights = new Float64Array(k);
  const means = new Float64Array(k * width);
  const variances = new Float64Array(k * width);
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < k; index++) {
      const share = shares[row * k + index];
      if (share === 0) continue;
      weights[index] += share;
      for (let column = 0; column < width; column++) {
        means[index * width + column] += share * values[row * width + column];
      }
    }
  }
  for (let cell = 0; cell < means.length; cell++)
    means[cell] /= Math.max(weights[Math.floor(cell / width)], leastWeight);
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < k; index++) {
      const share = shares[row * k + index];
      if (share === 0) continue;
      for (let column = 0; column < width; column++) {
        const difference = values[row * width + column] - means[index * width + column];
        variances[index * width + column] += share * difference * difference;
      }
    }
  }
  for (let cell = 0; cell < variances.length; cell++) {
    variances[cell] = variances[cell] / Math.max(weights[Math.floor(cell / width)], leastWeight) + floor;
  }
  for (let index = 0; index < k; index++) weights[index] /= rowCount;
  return {
    k,
    width,
    covariance: "diagonal",
    weights,
    means,
    variances,
    logDeterminant: 0,
    logLikelihood: Number.NEGATIVE_INFINITY,
    bic: Number.POSITIVE_INFINITY,
  };
}

/**
 * One covariance for all components: the mean products of the columns less those of the means.
 * @param scatter mean products of the columns
 */
function tie(free: GaussianMixture, scatter: Float64Array, floor: number): GaussianMixture {
  const { k, width, weights, means } = free;
  const covariance = scatter.slice();
  for (let index = 0; index < k; index++) {
    for (let one = 0; one < width; one++) {
      const factor = weights[index] * means[index * width + one];
      for (let other = 0; other < width; other++) {
        covariance[one * width + other] -= factor * means[index * width + other];
      }
    }
  }
  for (let column = 0; column < width; column++) covariance[column * width + column] += floor;
  const { map, logDeterminant } = fitWhitening(covariance, width);
  const mapped = new Float64Array(means.length);
  for (let index = 0; index < k; index++) {
    applyMap(map, width, means, index * width, mapped.subarray(index * width, (index + 1) * width));
  }
  const variances = new Float64Array(means.length).fill(1);
  return { ...free, covariance: "tied", means: mapped, variances, map, logDeterminant };
}

function mapRow({ map, width }: GaussianMixture, values: Float32Array, offset: number, point: Float64Array): void {
  if (map) applyMap(map, width, values, offset, point);
  else for (let column = 0; column < width; column++) point[column] = values[offset + column];
}

function applyMap(map: Float64Array, width: number, values: ArrayLike<number>, offset: number, to: Float64Array): void {
  for (let row = 0; row < width; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += map[row * width + column] * values[offset + column];
    to[row] = sum;
  }
}

async function meanProducts(
  values: Float32Array,
  rowCount: number,
  width: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const pacer = createPacer(signal);
  const products = new Float64Array(width * width);
  for (let row = 0; row < rowCount; row++) {
    if (row % 16 === 0) await pacer.giveWay();
    for (let one = 0; one < width; one++) {
      const factor = values[row * width + one] / rowCount;
      for (let other = 0; other < width; other++) products[one * width + other] += factor * values[row * width + other];
    }
  }
  return products;
}

function meanVariance(values: Float32Array, rowCount: number, width: number): number {
  let total = 0;
  for (let column = 0; column < width; column++) {
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rowCount; row++) {
      sum += values[row * width + column];
      squares += values[row * width + column] ** 2;
    }
    total += squares / rowCount - (sum / rowCount) ** 2;
  }
  return width === 0 ? 0 : total / width;
}
