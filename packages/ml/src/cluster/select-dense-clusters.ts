import type { CondensedTree } from "./condensed-tree.ts";

/**
 * The clusters of greatest stability of which none lies in another, the one of all rows left out ("excess of mass").
 * @returns in rising order; none where the rows never part
 */
export function selectStable({ clusters }: CondensedTree): number[] {
  const best = clusters.map(({ stability }) => stability);
  const chosen = clusters.map(() => true);
  for (let cluster = clusters.length - 1; cluster > 0; cluster--) {
    const below = clusters[cluster].children.reduce((sum, child) => sum + best[child], 0);
    if (below > best[cluster]) {
      chosen[cluster] = false;
      best[cluster] = below;
    }
  }
  chosen[0] = false;
  return outermost(clusters, (cluster) => chosen[cluster]);
}

/**
 * As many clusters as wanted, of greatest stability in sum, none of which lies in another; fewer where the rows do not
 * part so often.
 * @param wanted at least 1
 * @returns in rising order
 */
export function selectExactly({ clusters }: CondensedTree, wanted: number): number[] {
  /** Per cluster: greatest sum by the number of clusters taken inside it, and how many of them from its first child. */
  const sums: Float64Array[] = [];
  const splits: Int32Array[] = [];
  for (let cluster = clusters.length - 1; cluster >= 0; cluster--) {
    const { children, stability } = clusters[cluster];
    const sum = new Float64Array(wanted + 1).fill(Number.NEGATIVE_INFINITY);
    const split = new Int32Array(wanted + 1).fill(-1);
    sum[0] = 0;
    if (children.length === 2) {
      for (let first = 0; first <= wanted; first++) {
        for (let second = 0; first + second <= wanted; second++) {
          const joined = sums[children[0]][first] + sums[children[1]][second];
          if (first + second === 0 || joined <= sum[first + second]) continue;
          sum[first + second] = joined;
          split[first + second] = first;
        }
      }
    }
    if (cluster > 0 && stability >= sum[1]) {
      sum[1] = stability;
      split[1] = -1;
    }
    sums[cluster] = sum;
    splits[cluster] = split;
  }
  let count = wanted;
  while (count > 0 && sums[0][count] === Number.NEGATIVE_INFINITY) count--;
  const chosen: number[] = [];
  const open: [cluster: number, count: number][] = [[0, count]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [cluster, inside] = next;
    if (inside === 0) continue;
    const first = splits[cluster][inside];
    if (first < 0) chosen.push(cluster);
    else {
      const [one, other] = clusters[cluster].children;
      open.push([one, first], [other, inside - first]);
    }
  }
  return chosen.sort((one, other) => one - other);
}

function outermost(clusters: CondensedTree["clusters"], wanted: (cluster: number) => boolean): number[] {
  const covered = new Uint8Array(clusters.length);
  const found: number[] = [];
  for (const [cluster, { parent }] of clusters.entries()) {
    covered[cluster] = parent >= 0 ? covered[parent] : 0;
    if (covered[cluster] === 1 || !wanted(cluster)) continue;
    covered[cluster] = 1;
    found.push(cluster);
  }
  return found;
}
