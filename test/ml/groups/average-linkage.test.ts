import { expect, it } from "vitest";
import {
  averageLinkage,
  cutAt,
  cutInto,
  leafOrder,
  meanSilhouette,
} from "../../../packages/ml/src/groups/average-linkage.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

function distancesOf(points: readonly number[]): Float32Array {
  return Float32Array.from(points.flatMap((one) => points.map((other) => Math.abs(one - other))));
}

/** By the definition: of all pairs of clusters, the two of the least mean distance are merged. */
function naiveHeights(points: readonly number[]): number[] {
  let clusters = points.map((point) => [point]);
  const heights: number[] = [];
  const between = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, a) => sum + other.reduce((own, b) => own + Math.abs(a - b), 0), 0) / (one.length * other.length);
  while (clusters.length > 1) {
    let best = { a: 0, b: 1, height: Number.POSITIVE_INFINITY };
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const height = between(clusters[a]!, clusters[b]!);
        if (height < best.height) best = { a, b, height };
      }
    }
    heights.push(best.height);
    const joined = [...clusters[best.a]!, ...clusters[best.b]!];
    clusters = [...clusters.filter((_, index) => index !== best.a && index !== best.b), joined];
  }
  return heights;
}

it("merges at the heights that the definition gives", async () => {
  const random = createRandom(1);
  const points = Array.from({ length: 40 }, () => 100 * random.uniform());
  const merges = await averageLinkage(distancesOf(points), points.length);
  for (const [index, height] of naiveHeights(points).entries()) expect(merges[index]?.height).toBeCloseTo(height, 3);
});

it("is cut by height and by number, and the silhouette is greatest at the true number", async () => {
  const points = [0, 50, 1, 51, 100, 2, 52, 101];
  const distances = distancesOf(points);
  const merges = await averageLinkage(distances.slice(), points.length);
  const three = [0, 1, 0, 1, 2, 0, 1, 2];
  expect([...cutAt(merges, 8, 10)]).toEqual(three);
  expect([...cutInto(merges, 8, 3)]).toEqual(three);
  expect([...cutAt(merges, 8, 0.1)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...cutInto(merges, 8, 1)]).toEqual(new Array(8).fill(0));
  const scores = [1, 2, 3, 4, 5].map((groups) => meanSilhouette(distances, 8, cutInto(merges, 8, groups)));
  expect(scores.indexOf(Math.max(...scores))).toBe(2);
});

it("the order of the leaves keeps clusters together", async () => {
  const points = [0, 50, 1, 51, 100, 2];
  const order = leafOrder(await averageLinkage(distancesOf(points), 6), 6);
  const groups = order.map((leaf) => Math.round(points[leaf]! / 50));
  expect(groups.filter((group, place) => place === 0 || group !== groups[place - 1])).toHaveLength(3);
  expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

it("copes with one leaf, none, and distances that are all the same", async () => {
  expect(await averageLinkage(new Float32Array(1), 1)).toEqual([]);
  expect(await averageLinkage(new Float32Array(0), 0)).toEqual([]);
  expect(leafOrder([], 1)).toEqual([0]);
  const same = new Float32Array(25).fill(1);
  expect(await averageLinkage(same, 5)).toHaveLength(4);
});
