import { kMeans } from "@systemhealer/ml/cluster/k-means";
import { silhouette } from "@systemhealer/ml/cluster/silhouette";
import { createRandom } from "@systemhealer/ml/random/random";
import { describe, expect, it } from "vitest";
import { blobRows, blobWidth, threeBlobs } from "./three-blobs.ts";

const values = threeBlobs();

describe("kMeans and silhouette", () => {
  it.each([
    [2, 3182.0659694818396, 0.49221380098644557],
    [3, 1872.7234268173709, 0.5642126744949439],
    [5, 1243.6882391742838, 0.5189047259410218],
  ])("of %i clusters are what scikit-learn's best of 20 starts comes to", async (k, inertia, score) => {
    const found = await kMeans(values, blobRows, blobWidth, k, { random: createRandom(1) });
    expect(found.inertia).toBeLessThan(1.001 * inertia);
    expect(await silhouette(values, blobWidth, found.assignments, k)).toBeCloseTo(score, 2);
  });

  it("gives each row a cluster of its own where as many are wanted, equal rows or not", async () => {
    const found = await kMeans(new Float32Array(12), 6, 2, 6, { random: createRandom(1) });
    expect(found.inertia).toBe(0);
    const rows = Float32Array.from({ length: 6 }, (_, row) => row);
    expect(new Set((await kMeans(rows, 6, 1, 6, { random: createRandom(1) })).assignments).size).toBe(6);
  });

  it("refuses more clusters than rows", async () => {
    await expect(kMeans(values, 3, blobWidth, 4, { random: createRandom(1) })).rejects.toThrow(RangeError);
  });
});
