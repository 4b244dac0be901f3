import type { SpanningTree } from "./spanning-tree.ts";

/** A group of rows that holds together over a span of densities. */
export interface DenseCluster {
  /** −1 for the one of all rows. */
  readonly parent: number;
  /** Density, as the inverse of a distance, from which on it is apart from others. */
  readonly birth: number;
  /** Rows times the span of densities over which they stay. */
  readonly stability: number;
  /** None or two. */
  readonly children: readonly number[];
}

export interface CondensedTree {
  /** Parents before their children. */
  readonly clusters: readonly DenseCluster[];
  /** Per row: the smallest cluster that it ever belonged to. */
  readonly lastCluster: Int32Array;
}

/** Relative to the longest edge; rows nearer than that count as this far apart, so that densities are finite. */
const leastDistance = 1e-10;

/**
 * The hierarchy of the tree without its small branches (R. Campello, D. Moulavi, J. Sander, "Density-based clustering
 * based on hierarchical density estimates", 2013): where fewer rows than `minClusterSize` part, they leave the cluster.
 */
export function condenseTree(tree: SpanningTree, minClusterSize: number): CondensedTree {
  const { rowCount } = tree;
  const { left, right, distances, sizes } = mergeRows(tree);
  const lastCluster = new Int32Array(rowCount);
  const found: { parent: number; birth: number; stability: number; children: number[] }[] = [];
  const open: { readonly node: number; readonly parent: number; readonly birth: number }[] = [
    { node: 2 * rowCount - 2, parent: -1, birth: 0 },
  ];

  function leave(node: number, cluster: number): void {
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next < rowCount) lastCluster[next] = cluster;
      else waiting.push(left[next - rowCount], right[next - rowCount]);
    }
  }

  for (let place = 0; place < open.length; place++) {
    const { parent, birth } = open[place];
    let node = open[place].node;
    const cluster = found.length;
    const own = { parent, birth, stability: 0, children: [] as number[] };
    found.push(own);
    if (parent >= 0) found[parent].children.push(cluster);
    for (;;) {
      if (node < rowCount) {
        lastCluster[node] = cluster;
        break;
      }
      const density = 1 / distances[node - rowCount];
      const [one, other] = [left[node - rowCount], right[node - rowCount]];
      const oneStays = sizes[one] >= minClusterSize;
      const otherStays = sizes[other] >= minClusterSize;
      if (oneStays && otherStays) {
        own.stability += (density - birth) * (sizes[one] + sizes[other]);
        open.push({ node: one, parent: cluster, birth: density }, { node: other, parent: cluster, birth: density });
        break;
      }
      for (const [branch, stays] of [[one, oneStays] as const, [other, otherStays] as const]) {
        if (stays) continue;
        own.stability += (density - birth) * sizes[branch];
        leave(branch, cluster);
      }
      if (!oneStays && !otherStays) break;
      node = oneStays ? one : other;
    }
  }
  return { clusters: found, lastCluster };
}

/** Joins rows edge by edge; node `rowCount + e` is what edge e joins. */
function mergeRows({ rowCount, from, to, distances }: SpanningTree) {
  const edges = from.length;
  const left = new Int32Array(edges);
  const right = new Int32Array(edges);
  const sizes = new Int32Array(rowCount + edges).fill(1, 0, rowCount);
  const parents = Int32Array.from({ length: rowCount + edges }, (_, node) => node);
  const top = (row: number) => {
    let node = row;
    while (parents[node] !== node) {
      parents[node] = parents[parents[node]];
      node = parents[node];
    }
    return node;
  };
  for (let edge = 0; edge < edges; edge++) {
    left[edge] = top(from[edge]);
    right[edge] = top(to[edge]);
    parents[left[edge]] = rowCount + edge;
    parents[right[edge]] = rowCount + edge;
    sizes[rowCount + edge] = sizes[left[edge]] + sizes[right[edge]];
  }
  const least = Math.max(leastDistance * (distances[edges - 1] ?? 0), Number.MIN_VALUE * 1e10);
  return { left, right, sizes, distances: distances.map((distance) => Math.max(distance, least)) };
}
