import { groupKpis, type KpiGroup, type KpiGroups } from "../groups/group-kpis.ts";
import { type GroupMove, groupMoves } from "../groups/group-moves.ts";
import { groupNodes, type NodeGroups } from "../groups/group-nodes.ts";
import { fitMap } from "../map/fit-map.ts";
import type { MapMethod, MapModel } from "../map/map-model.ts";
import { openMapModel } from "../map/open-map.ts";
import { sampleRows } from "../map/sample-rows.ts";
import { createPacer } from "../pacer.ts";
import { gatherRows } from "../pipeline/predict-rows.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { createRandom } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";
import { fitInformativeSpace } from "../space/informative-space.ts";
import { type KpiSpace, scaleRow, scaleRows } from "../space/kpi-space.ts";
import type { Table } from "../table/table.ts";
import {
  type ClusterCandidate,
  type Clusterer,
  type ClusterMethod,
  type FitClustererOptions,
  fitDenseClusterer,
  fitKMeansClusterer,
  fitMixtureClusterer,
  type ScaledSample,
} from "./clusterer.ts";
import { ClusteringError } from "./clustering-error.ts";
import { type ClusterKpi, clusterShifts, describeClusters } from "./describe-clusters.ts";
import { findExemplars } from "./exemplars.ts";

export interface ClusterOptions {
  readonly method: ClusterMethod;
  /** How many clusters; default what suits the rows. */
  readonly clusters?: number | undefined;
  /** KPIs of a group correlate by this much or more, 0 to 1; default what suits them. */
  readonly kpiCorrelation?: number | undefined;
  readonly seed: number;
  /** 0 to 1. */
  readonly onProgress?: ((fraction: number) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Cluster {
  readonly rows: number;
  /** Of all rows. */
  readonly share: number;
  readonly kpis: readonly ClusterKpi[];
  /** Numbers of the rows nearest to its middle, from 1. */
  readonly exemplars: readonly number[];
  /** The same rows with their values of `kpis`, in that order; null where there is none. */
  readonly typicalRows: readonly { readonly row: number; readonly values: readonly (number | null)[] }[];
}

/** Groups of KPIs, and in which clusters each of them moves. */
export interface MovingKpiGroups extends KpiGroups {
  readonly groups: readonly (KpiGroup & { readonly moves: readonly GroupMove[] })[];
}

export interface Clustering {
  readonly method: ClusterMethod;
  /** What told the number of clusters. */
  readonly chosenBy: "given" | "silhouette" | "bic" | "stability";
  readonly candidates: readonly ClusterCandidate[];
  /** The greatest first. */
  readonly clusters: readonly Cluster[];
  /** Rows in no cluster. */
  readonly noiseRows: number;
  /** Rows that the clusters were found in; all others were assigned. */
  readonly sampledRows: number;
  /** KPIs that distances were taken of. */
  readonly kpis: readonly string[];
  /** KPIs that move together. */
  readonly kpiGroups: MovingKpiGroups;
  /** Nodes that behave alike; only where the table names two or more. */
  readonly nodeGroups?: NodeGroups;
  /** Cluster per row of the table, −1 for none. */
  readonly assignments: Int32Array;
  /** At most 2,000 rows on a 2-D map. */
  readonly map: {
    readonly method: MapMethod;
    readonly points: readonly {
      readonly row: number;
      readonly x: number;
      readonly y: number;
      readonly cluster: number;
    }[];
  };
}

/** Rows that scales, centres and mixtures are fitted to, by columns. */
const mostSampledRows: Readonly<Record<ClusterMethod, number>> = {
  "k-means": 10_000,
  "gaussian-mixture": 4_000,
  hdbscan: 4_000,
};
const mostSampledCells = 2 ** 22;
const leastSampledRows = 500;
const leastRows = 10;
const mostPoints = 2_000;
const mostExemplars = 5;
/** Where clusters are described. */
const mostDescribedRows = 5_000;
const criteria = { "k-means": "silhouette", "gaussian-mixture": "bic", hdbscan: "stability" } as const;
const steps = { mapped: 0.3, fitted: 0.7, assigned: 0.95 } as const;

/**
 * Groups rows by their KPIs; labels are not looked at. Clusters are found in a sample of at most 10,000 rows, and every
 * other row gets one by the method's own rule.
 * @throws ClusteringError where there are too few rows, or no KPI varies
 */
export async function clusterRows(table: Table, options: ClusterOptions): Promise<Clustering> {
  const { method, seed, signal, onProgress } = options;
  const raw: RawRows = { values: table.values, columnCount: table.featureNames.length };
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  if (all.length < leastRows) throw new ClusteringError("too-few-rows");
  const random = createRandom(seed);
  const bound = Math.max(leastSampledRows, Math.floor(mostSampledCells / raw.columnCount));
  const sample = sampleRows(all, Math.min(bound, mostSampledRows[method]), random);
  if ((options.clusters ?? 1) > sample.length) throw new ClusteringError("too-many-clusters");
  // In random order, so that any first part of it is a sample too.
  shuffle(sample, random);
  const space = await fitInformativeSpace(raw, sample, signal);
  if (space.columns.length === 0) throw new ClusteringError("no-informative-features");
  const map = await fitMap({ raw, rows: all }, "umap", {
    seed,
    signal,
    ...(onProgress && { onProgress: (fraction) => onProgress(steps.mapped * fraction) }),
  });
  const values = await scaleRows(space, raw, sample, signal);
  const scaled = { rowCount: sample.length, width: space.columns.length, values };
  const places = openMapModel(map).place(gatherRows(raw, sample), sample.length);
  const clusterer = await fitClusterer(method, scaled, places, map, {
    random,
    clusters: options.clusters,
    onProgress: (fraction) => onProgress?.(steps.mapped + (steps.fitted - steps.mapped) * fraction),
    signal,
  });
  const assignments = await assignAll(raw, space, clusterer, options);
  const { sizes } = orderBySize(assignments, clusterer.clusterCount);
  const own = sample.map((row) => assignments[row]);
  const exemplars = await findExemplars(values, scaled.width, sample, own, sizes.length, mostExemplars, signal);
  const described = sample.slice(0, Math.min(mostDescribedRows, bound)).sort();
  const kpis = await describeClusters(raw, table.featureNames, described, assignments, sizes.length, signal);
  const shifts = await clusterShifts(raw, described, assignments, sizes.length, signal);
  const kpiGroups = await groupKpis(raw, table.featureNames, sample, {
    leastCorrelation: options.kpiCorrelation,
    signal,
  });
  const columnOf = new Map(table.featureNames.map((name, column) => [name, column]));
  const nodeGroups = table.nodes && (await groupNodes(raw, space, table.nodes, assignments, sizes.length, signal));
  const clustered = sizes.reduce((sum, rows) => sum + rows, 0);
  return {
    method,
    chosenBy: options.clusters === undefined ? criteria[method] : "given",
    candidates: clusterer.candidates,
    clusters: sizes.map((rows, cluster) => ({
      rows,
      share: rows / all.length,
      kpis: kpis[cluster],
      exemplars: exemplars[cluster].map((row) => row + 1),
      typicalRows: exemplars[cluster].map((row) => ({
        row: row + 1,
        values: kpis[cluster].map(({ name }) => numberOrNull(raw.values[row * raw.columnCount + columnOf.get(name)!])),
      })),
    })),
    noiseRows: all.length - clustered,
    sampledRows: map.anchors && method === "hdbscan" ? map.anchors.count : sample.length,
    kpis: Array.from(space.columns, (column) => table.featureNames[column]),
    kpiGroups: {
      ...kpiGroups,
      groups: kpiGroups.groups.map((group) => ({
        ...group,
        moves: groupMoves(group, shifts, sizes.length, columnOf),
      })),
    },
    ...(nodeGroups && { nodeGroups }),
    assignments,
    map: drawnRows(raw, map, sampleRows(all, mostPoints, random), assignments),
  };
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

async function fitClusterer(
  method: ClusterMethod,
  sample: ScaledSample,
  places: Float32Array,
  map: MapModel,
  options: FitClustererOptions,
): Promise<Clusterer> {
  switch (method) {
    case "k-means":
      return fitKMeansClusterer(sample, places, options);
    case "gaussian-mixture":
      return fitMixtureClusterer(sample, options);
    case "hdbscan":
      return fitDenseClusterer(map, options);
  }
}

async function assignAll(
  raw: RawRows,
  space: KpiSpace,
  clusterer: Clusterer,
  { onProgress, signal }: ClusterOptions,
): Promise<Int32Array> {
  const pacer = createPacer(signal);
  const rowCount = raw.values.length / raw.columnCount;
  const assignments = new Int32Array(rowCount);
  const scaled = new Float32Array(space.columns.length);
  for (let row = 0; row < rowCount; row++) {
    if (row % 64 === 0) await pacer.giveWay();
    if (row % 16_384 === 0) await onProgress?.(steps.fitted + ((steps.assigned - steps.fitted) * row) / rowCount);
    scaleRow(space, raw.values, row * raw.columnCount, scaled, 0);
    assignments[row] = clusterer.assign(raw.values, row * raw.columnCount, scaled, 0);
  }
  return assignments;
}

/** Numbers the clusters anew, the greatest 0; those without rows go. */
function orderBySize(assignments: Int32Array, clusterCount: number): { readonly sizes: number[] } {
  const rows = new Int32Array(clusterCount);
  for (const cluster of assignments) if (cluster >= 0) rows[cluster]++;
  const order = [...rows.keys()]
    .filter((cluster) => rows[cluster] > 0)
    .sort((one, other) => rows[other] - rows[one] || one - other);
  const renamed = new Int32Array(clusterCount);
  for (const [place, cluster] of order.entries()) renamed[cluster] = place;
  for (let row = 0; row < assignments.length; row++) {
    if (assignments[row] >= 0) assignments[row] = renamed[assignments[row]];
  }
  return { sizes: order.map((cluster) => rows[cluster]) };
}

function drawnRows(raw: RawRows, map: MapModel, rows: Int32Array, assignments: Int32Array): Clustering["map"] {
  const places = openMapModel(map).place(gatherRows(raw, rows), rows.length);
  const points = Array.from(rows, (row, place) => ({
    row: row + 1,
    x: Number(places[2 * place].toPrecision(5)),
    y: Number(places[2 * place + 1].toPrecision(5)),
    cluster: assignments[row],
  }));
  return { method: map.method, points };
}
