import { createPacer } from "../pacer.ts";

/** Two clusters that become one. Leaves are 0 to n − 1, the i-th merge makes cluster n + i. */
export interface Merge {
  readonly one: number;
  readonly other: number;
  /** Mean distance between their members. */
  readonly height: number;
}

/**
 * Hierarchical clustering by average linkage (UPGMA; R. Sokal, C. Michener, 1958) with chains of nearest neighbours (F.
 * Murtagh, 1983): quadratic in the number of leaves.
 * @param distances `count × count`, symmetric; used up
 * @returns `count − 1` merges by rising height
 */
export async function averageLinkage(distances: Float32Array, count: number, signal?: AbortSignal): Promise<Merge[]> {
  const pacer = createPacer(signal);
  const sizes = new Int32Array(count).fill(1);
  const active = Uint8Array.from({ length: count }, () => 1);
  const raw: { readonly one: number; readonly other: number; readonly height: number }[] = [];
  const chain: number[] = [];
  for (let merged = 1; merged < count; merged++) {
    await pacer.giveWay();
    if (chain.length === 0) chain.push(active.indexOf(1));
    for (;;) {
      const last = chain[chain.length - 1];
      const before = chain.length > 1 ? chain[chain.length - 2] : -1;
      const nearest = nearestOf(distances, count, active, last, before);
      if (nearest === before) break;
      chain.push(nearest);
    }
    const other = chain.pop()!;
    const one = chain.pop()!;
    raw.push({ one, other, height: distances[one * count + other] });
    for (let leaf = 0; leaf < count; leaf++) {
      if (active[leaf] === 0 || leaf === one || leaf === other) continue;
      const sum = sizes[one] * distances[one * count + leaf] + sizes[other] * distances[other * count + leaf];
      const mean = sum / (sizes[one] + sizes[other]);
      distances[one * count + leaf] = mean;
      distances[leaf * count + one] = mean;
    }
    sizes[one] += sizes[other];
    active[other] = 0;
  }
  return numbered(raw, count);
}

/** Of equally near ones, the one before in the chain: without that rule it would have no end. */
function nearestOf(distances: Float32Array, count: number, active: Uint8Array, from: number, before: number): number {
  let nearest = before;
  let least = before < 0 ? Number.POSITIVE_INFINITY : distances[from * count + before];
  for (let leaf = 0; leaf < count; leaf++) {
    if (active[leaf] === 0 || leaf === from) continue;
    const distance = distances[from * count + leaf];
    if (distance < least) {
      least = distance;
      nearest = leaf;
    }
  }
  return nearest;
}

/** Chains find merges in any order; by height, clusters are told by the numbers of their merges. */
function numbered(raw: readonly Merge[], count: number): Merge[] {
  const ordered = raw.toSorted((a, b) => a.height - b.height);
  const parents = Int32Array.from({ length: count }, (_, leaf) => leaf);
  const names = Int32Array.from({ length: count }, (_, leaf) => leaf);
  const rootOf = (leaf: number) => {
    let root = leaf;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  };
  return ordered.map(({ one, other, height }, index) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    const merge = { one: names[a], other: names[b], height };
    parents[b] = a;
    names[a] = count + index;
    return merge;
  });
}

/**
 * The groups left when merges above a height are undone.
 * @returns group per leaf, numbered in the order of their first leaves
 */
export function cutAt(merges: readonly Merge[], count: number, height: number): Int32Array {
  return groupsAfter(merges, count, merges.filter((merge) => merge.height <= height).length);
}

/** @returns group per leaf where there are so many groups */
export function cutInto(merges: readonly Merge[], count: number, groups: number): Int32Array {
  return groupsAfter(merges, count, Math.max(0, Math.min(merges.length, count - groups)));
}

function groupsAfter(merges: readonly Merge[], count: number, done: number): Int32Array {
  const roots = Int32Array.from({ length: count + done }, (_, cluster) => cluster);
  // A cluster has a greater number than the two that it is made of.
  for (let index = done - 1; index >= 0; index--) {
    const { one, other } = merges[index];
    roots[one] = roots[count + index];
    roots[other] = roots[count + index];
  }
  const groups = new Map<number, number>();
  return roots.subarray(0, count).map((root) => {
    const group = groups.get(root) ?? groups.size;
    groups.set(root, group);
    return group;
  });
}

/** The leaves in an order in which every cluster stands together. */
export function leafOrder(merges: readonly Merge[], count: number): number[] {
  if (count === 0) return [];
  const order: number[] = [];
  const waiting = [merges.length > 0 ? count + merges.length - 1 : 0];
  while (waiting.length > 0) {
    const cluster = waiting.pop()!;
    if (cluster < count) order.push(cluster);
    else waiting.push(merges[cluster - count].other, merges[cluster - count].one);
  }
  return order;
}

/**
 * Mean silhouette (P. Rousseeuw, 1987) by distances alone; leaves of their own have 0, and so has one group of all.
 * @param distances `count × count`
 */
export function meanSilhouette(distances: Float32Array, count: number, groups: Int32Array): number {
  const groupCount = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  if (groupCount < 2) return 0;
  const sizes = new Int32Array(groupCount);
  for (const group of groups) sizes[group]++;
  const sums = new Float64Array(groupCount);
  let total = 0;
  for (let leaf = 0; leaf < count; leaf++) {
    const own = groups[leaf];
    if (sizes[own] < 2) continue;
    sums.fill(0);
    for (let other = 0; other < count; other++) sums[groups[other]] += distances[leaf * count + other];
    const inside = sums[own] / (sizes[own] - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let group = 0; group < groupCount; group++) {
      if (group !== own) nearest = Math.min(nearest, sums[group] / sizes[group]);
    }
    const greater = Math.max(inside, nearest);
    if (greater > 0) total += (nearest - inside) / greater;
  }
  return total / count;
}
