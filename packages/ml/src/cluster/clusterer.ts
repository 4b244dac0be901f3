import type { MapModel } from "../map/map-model.ts";
import { openMapModel } from "../map/open-map.ts";
import type { Random } from "../random/random.ts";
import { assignToMixture, type Covariance, fitGaussianMixture } from "./gaussian-mixture.ts";
import { assignToDense, hdbscan } from "./hdbscan.ts";
import { kMeans, nearestCentre } from "./k-means.ts";
import { silhouette } from "./silhouette.ts";

export const clusterMethods = ["k-means", "gaussian-mixture", "hdbscan"] as const;
export type ClusterMethod = (typeof clusterMethods)[number];

/** What was tried to find the number of clusters. */
export interface ClusterCandidate {
  readonly clusters: number;
  /** Mean silhouette on the map for `k-means` (higher is better), BIC for `gaussian-mixture` (lower is better). */
  readonly score: number;
  readonly covariance?: Covariance;
}

/** Clusters that were found in a sample, and the rule that gives any row one of them. */
export interface Clusterer {
  readonly clusterCount: number;
  /** Empty where the number was given, or the method finds it by itself. */
  readonly candidates: readonly ClusterCandidate[];
  /**
   * @param raw numbers of the row as in the table, from `rawOffset`
   * @param scaled the row in the KPI space, from `offset`
   * @returns a cluster, −1 for none
   */
  assign(raw: Float32Array, rawOffset: number, scaled: Float32Array, offset: number): number;
}

export interface ScaledSample {
  readonly rowCount: number;
  readonly width: number;
  /** `rowCount × width`, row by row. */
  readonly values: Float32Array;
}

export interface FitClustererOptions {
  readonly random: Random;
  /** How many clusters; default what suits the rows, 2 to 12. */
  readonly clusters?: number | undefined;
  /** 0 to 1. */
  readonly onProgress?: ((fraction: number) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const mostClusters = 12;
/** Rows that numbers of clusters are tried on. */
const triedRows = 2_000;
/** Fits of the mixture that is kept, each from a start of its own, the likeliest of which counts. */
const lastStarts = 3;
/** Silhouettes are quadratic in the rows. */
const silhouetteRows = 1_000;
/** Share of the rows that make a cluster of `hdbscan`. */
const leastShare = 1 / 30;
const leastRows = 5;
const minSamples = 5;

/**
 * k-means; without a number of clusters, that of the greatest silhouette on the map, where near rows are nearer than
 * among very many KPIs.
 * @param places of the sample's rows on the map: x and y, row by row
 */
export async function fitKMeansClusterer(
  { rowCount, width, values }: ScaledSample,
  places: Float32Array,
  { random, clusters, onProgress, signal }: FitClustererOptions,
): Promise<Clusterer> {
  const candidates: ClusterCandidate[] = [];
  const tried = Math.min(rowCount, triedRows);
  const scored = Math.min(rowCount, silhouetteRows);
  for (const k of clusters === undefined ? numbersToTry(rowCount) : []) {
    await onProgress?.((k - 2) / mostClusters);
    const { assignments } = await kMeans(values, tried, width, k, { random, restarts: 3, signal });
    const score = await silhouette(places, 2, assignments.subarray(0, scored), k, signal);
    candidates.push({ clusters: k, score });
  }
  const [best] = candidates.toSorted((one, other) => other.score - one.score);
  const clusterCount = clusters ?? best.clusters;
  const { centres } = await kMeans(values, rowCount, width, clusterCount, { random, signal });
  return {
    clusterCount,
    candidates,
    assign: (_raw, _rawOffset, scaled, offset) => nearestCentre(scaled, offset, centres, clusterCount, width).cluster,
  };
}

/** Gaussian mixtures, of diagonal and of tied covariances; the one of the least BIC counts. */
export async function fitMixtureClusterer(
  { rowCount, width, values }: ScaledSample,
  { random, clusters, onProgress, signal }: FitClustererOptions,
): Promise<Clusterer> {
  const candidates: (ClusterCandidate & { readonly covariance: Covariance })[] = [];
  const tried = Math.min(rowCount, triedRows);
  const numbers = clusters === undefined ? numbersToTry(rowCount) : [clusters];
  for (const [place, k] of numbers.entries()) {
    for (const covariance of ["diagonal", "tied"] as const) {
      await onProgress?.(place / numbers.length);
      const options = { covariance, random, iterations: 30, signal };
      const { bic } = await fitGaussianMixture(values, tried, width, k, options);
      candidates.push({ clusters: k, score: bic, covariance });
    }
  }
  const [best] = candidates.toSorted((one, other) => one.score - other.score);
  const { covariance } = best;
  let mixture = await fitGaussianMixture(values, rowCount, width, best.clusters, { covariance, random, signal });
  for (let start = 1; start < lastStarts; start++) {
    const other = await fitGaussianMixture(values, rowCount, width, best.clusters, { covariance, random, signal });
    if (other.logLikelihood > mixture.logLikelihood) mixture = other;
  }
  const assign = assignToMixture(mixture);
  return {
    clusterCount: mixture.k,
    candidates: clusters === undefined ? candidates : [],
    assign: (_raw, _rawOffset, scaled, offset) => assign(scaled, offset),
  };
}

/**
 * HDBSCAN on a map that keeps neighbourhoods: densities say little among a hundred KPIs, and much where UMAP has laid
 * out their neighbourhoods.
 */
export async function fitDenseClusterer(map: MapModel, options: FitClustererOptions): Promise<Clusterer> {
  const { anchors } = map;
  if (!anchors) throw new RangeError("the map has anchors");
  const { positions, count } = anchors;
  const minClusterSize = Math.max(leastRows, Math.round(leastShare * count));
  const { clusters, signal } = options;
  const found = await hdbscan(positions, count, 2, { minClusterSize, minSamples, clusters, signal });
  const { place } = openMapModel(map);
  const assign = assignToDense(found, positions, count, 2, minSamples);
  const width = map.space.inputColumns;
  return {
    clusterCount: found.clusterCount,
    candidates: [],
    assign: (raw, rawOffset) => assign(place(raw.subarray(rawOffset, rawOffset + width), 1), 0),
  };
}

function numbersToTry(rowCount: number): number[] {
  const most = Math.max(2, Math.min(mostClusters, Math.floor(rowCount / leastRows)));
  return Array.from({ length: most - 1 }, (_, index) => index + 2);
}
