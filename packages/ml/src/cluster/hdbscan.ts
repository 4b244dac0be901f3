import { NearestRows } from "../space/nearest-rows.ts";
import { type CondensedTree, condenseTree } from "./condensed-tree.ts";
import { selectExactly, selectStable } from "./select-dense-clusters.ts";
import { type SpanningTree, spanningTree } from "./spanning-tree.ts";

export interface HdbscanOptions {
  /** Fewer rows are no cluster. */
  readonly minClusterSize: number;
  /** Rows, itself counted, within whose distance a row is dense. */
  readonly minSamples: number;
  /**
   * How many clusters; default those of greatest stability. The least size of a cluster is then what gives as many, with
   * the fewest rows left over; where none does, the most stable ones are taken.
   */
  readonly clusters?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Hdbscan {
  /** Cluster per row, −1 for noise. */
  readonly assignments: Int32Array;
  readonly clusterCount: number;
  /** Per row, as in `SpanningTree`. */
  readonly cores: Float64Array;
  /** Per cluster: at a greater mutual reachability distance it is one with others. */
  readonly reaches: Float64Array;
}

/** Factor between the least sizes that are tried. */
const sizeStep = 1.1;

/** Label of a row in no cluster. */
export const noise = -1;

/**
 * Hierarchical density-based clustering with noise (R. Campello, D. Moulavi, J. Sander, 2013; L. McInnes, J. Healy,
 * 2017). Time grows with the square of the rows.
 * @param values `rowCount × width`, row by row, finite
 */
export async function hdbscan(
  values: Float32Array,
  rowCount: number,
  width: number,
  { minClusterSize, minSamples, clusters: wanted, signal }: HdbscanOptions,
): Promise<Hdbscan> {
  const tree = await spanningTree(values, rowCount, width, minSamples, signal);
  const least = Math.max(2, minClusterSize);
  if (wanted === undefined) {
    const condensed = condenseTree(tree, least);
    return flatten(tree, condensed, selectStable(condensed));
  }
  let best: Hdbscan | undefined;
  for (let size = 2; size * wanted <= rowCount; size = Math.ceil(sizeStep * size)) {
    signal?.throwIfAborted();
    const condensed = condenseTree(tree, size);
    const found = flatten(tree, condensed, selectStable(condensed));
    if (found.clusterCount === wanted && (!best || noiseRows(found) < noiseRows(best))) best = found;
  }
  const condensed = condenseTree(tree, least);
  return best ?? flatten(tree, condensed, selectExactly(condensed, wanted));
}

function noiseRows({ assignments }: Hdbscan): number {
  return assignments.reduce((count, label) => count + (label === noise ? 1 : 0), 0);
}

function flatten(tree: SpanningTree, condensed: CondensedTree, chosen: readonly number[]): Hdbscan {
  const labels = new Int32Array(condensed.clusters.length).fill(noise);
  for (const [label, cluster] of chosen.entries()) labels[cluster] = label;
  for (const [cluster, { parent }] of condensed.clusters.entries()) {
    if (parent >= 0 && labels[cluster] === noise) labels[cluster] = labels[parent];
  }
  return {
    assignments: condensed.lastCluster.map((cluster) => labels[cluster]),
    clusterCount: chosen.length,
    cores: tree.cores,
    reaches: Float64Array.from(chosen, (cluster) => 1 / condensed.clusters[cluster].birth),
  };
}

/**
 * Cluster of a row that was not clustered: that of the row nearest by mutual reachability, where it is within the
 * cluster's reach; noise otherwise.
 */
export function assignToDense(
  found: Hdbscan,
  values: Float32Array,
  rowCount: number,
  width: number,
  minSamples: number,
): (point: Float32Array, offset: number) => number {
  const index = new NearestRows(values, rowCount, width);
  const rows = new Int32Array(Math.min(rowCount, Math.max(1, minSamples)));
  const squares = new Float64Array(rows.length);
  return (point, offset) => {
    const count = index.search(point, offset, rows, squares);
    // A row that was clustered finds itself first, so its core distance is what it was.
    const core = Math.sqrt(squares[count - 1]);
    let label = noise;
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < count; place++) {
      const distance = Math.max(core, found.cores[rows[place]], Math.sqrt(squares[place]));
      if (distance >= least) continue;
      least = distance;
      label = found.assignments[rows[place]];
    }
    return label !== noise && least <= found.reaches[label] ? label : noise;
  };
}
