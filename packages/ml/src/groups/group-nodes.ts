import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { type KpiSpace, scaleRow } from "../space/kpi-space.ts";
import type { TableNodes } from "../table/table.ts";
import { averageLinkage, cutInto, meanSilhouette } from "./average-linkage.ts";

/** How a node behaves, and which ones behave alike. */
export interface GroupedNode {
  readonly name: string;
  readonly rows: number;
  /** Nodes of one number behave alike; from 0, the greatest group first. */
  readonly group: number;
  /** The clusters that most of its rows are in, −1 for none; at most five. */
  readonly clusters: readonly { readonly cluster: number; readonly share: number }[];
}

export interface NodeGroups {
  readonly groups: number;
  /** Mean silhouette of the groups; 0 where all nodes are one. */
  readonly silhouette: number;
  readonly nodes: readonly GroupedNode[];
  /** Nodes that are not looked at. */
  readonly omitted: number;
}

const mostNodes = 1_000;
const leastNodes = 2;
const mostGroups = 12;
/** Below this the groups do not stand apart. */
const leastSilhouette = 0.25;
const mostRowsPerNode = 500;
const mostClusters = 5;

/**
 * Groups nodes whose KPIs lie alike and whose rows fall into the same clusters: the distance of two nodes is the root
 * of the mean square by which their mean KPIs (in the scales of the space) and shares of gaps differ, plus the squared
 * Hellinger distance of their shares of the clusters. Average linkage; as many groups as have the greatest silhouette.
 * @param assignments cluster per row of the table, −1 for none
 * @returns undefined where there are fewer than two nodes
 */
export async function groupNodes(
  raw: RawRows,
  space: KpiSpace,
  nodes: TableNodes,
  assignments: Int32Array,
  clusterCount: number,
  signal?: AbortSignal,
): Promise<NodeGroups | undefined> {
  const count = Math.min(mostNodes, nodes.names.length);
  if (count < leastNodes) return undefined;
  const profiles = await profilesOf(raw, space, nodes, assignments, { count, clusterCount, signal });
  const distances = await distancesOf(profiles, count, signal);
  const merges = await averageLinkage(distances.slice(), count, signal);
  const pacer = createPacer(signal);
  let groups: Int32Array = new Int32Array(count);
  let best = 0;
  for (let number = 2; number <= Math.min(mostGroups, count - 1); number++) {
    await pacer.giveWay();
    const cut = cutInto(merges, count, number);
    const score = meanSilhouette(distances, count, cut);
    if (score < leastSilhouette || score <= best) continue;
    best = score;
    groups = cut;
  }
  const order = bySize(groups);
  return {
    groups: order.size,
    silhouette: best,
    nodes: nodes.names.slice(0, count).map((name, node) => ({
      name,
      rows: profiles.rows[node],
      group: order.get(groups[node])!,
      clusters: sharesOf(profiles, node).slice(0, mostClusters),
    })),
    omitted: nodes.names.length - count,
  };
}

interface Profiles {
  readonly rows: Int32Array;
  /** KPIs of a profile: means in the space, then shares of gaps. */
  readonly width: number;
  readonly means: Float64Array;
  /** Rows by cluster, none last. */
  readonly clusterRows: Int32Array;
  readonly clusterCount: number;
}

async function profilesOf(
  raw: RawRows,
  space: KpiSpace,
  nodes: TableNodes,
  assignments: Int32Array,
  options: { readonly count: number; readonly clusterCount: number; readonly signal: AbortSignal | undefined },
): Promise<Profiles> {
  const { count, clusterCount, signal } = options;
  const pacer = createPacer(signal);
  const kpis = space.columns.length;
  const width = 2 * kpis;
  const rows = new Int32Array(count);
  const clusterRows = new Int32Array(count * (clusterCount + 1));
  for (const [row, node] of nodes.rows.entries()) {
    if (node < 0 || node >= count) continue;
    rows[node]++;
    clusterRows[node * (clusterCount + 1) + (assignments[row] < 0 ? clusterCount : assignments[row])]++;
  }
  const steps = rows.map((own) => Math.max(1, Math.ceil(own / mostRowsPerNode)));
  const seen = new Int32Array(count);
  const looked = new Int32Array(count);
  const means = new Float64Array(count * width);
  const scaled = new Float32Array(kpis);
  for (const [row, node] of nodes.rows.entries()) {
    if (node < 0 || node >= count || seen[node]++ % steps[node] !== 0) continue;
    if (looked[node]++ % 16 === 0) await pacer.giveWay();
    scaleRow(space, raw.values, row * raw.columnCount, scaled, 0);
    for (let kpi = 0; kpi < kpis; kpi++) {
      means[node * width + kpi] += scaled[kpi];
      if (Number.isNaN(raw.values[row * raw.columnCount + space.columns[kpi]])) means[node * width + kpis + kpi]++;
    }
  }
  for (let index = 0; index < means.length; index++) means[index] /= Math.max(1, looked[Math.floor(index / width)]);
  return { rows, width, means, clusterRows, clusterCount };
}

async function distancesOf(
  { rows, width, means, clusterRows, clusterCount }: Profiles,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const pacer = createPacer(signal);
  const distances = new Float32Array(count * count);
  const clusters = clusterCount + 1;
  const roots = Float64Array.from(clusterRows, (own, index) =>
    Math.sqrt(own / Math.max(1, rows[Math.floor(index / clusters)])),
  );
  for (let one = 0; one < count; one++) {
    await pacer.giveWay();
    for (let other = one + 1; other < count; other++) {
      let squares = 0;
      for (let kpi = 0; kpi < width; kpi++) squares += (means[one * width + kpi] - means[other * width + kpi]) ** 2;
      let hellinger = 0;
      for (let cluster = 0; cluster < clusters; cluster++) {
        hellinger += (roots[one * clusters + cluster] - roots[other * clusters + cluster]) ** 2 / 2;
      }
      const distance = Math.sqrt((2 * squares) / width + hellinger);
      distances[one * count + other] = distance;
      distances[other * count + one] = distance;
    }
  }
  return distances;
}

function sharesOf({ rows, clusterRows, clusterCount }: Profiles, node: number) {
  const own = clusterRows.subarray(node * (clusterCount + 1), (node + 1) * (clusterCount + 1));
  return Array.from(own, (count, cluster) => ({
    cluster: cluster === clusterCount ? -1 : cluster,
    share: count / Math.max(1, rows[node]),
  }))
    .filter(({ share }) => share > 0)
    .sort((one, other) => other.share - one.share || one.cluster - other.cluster);
}

/** New numbers of the groups, the greatest 0. */
function bySize(groups: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const ordered = [...sizes.keys()].sort((one, other) => sizes.get(other)! - sizes.get(one)! || one - other);
  return new Map(ordered.map((group, place) => [group, place]));
}
