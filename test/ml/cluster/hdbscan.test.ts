import { assignToDense, hdbscan } from "@systemhealer/ml/cluster/hdbscan";
import { adjustedRand } from "@systemhealer/ml/metrics/adjusted-rand";
import { describe, expect, it } from "vitest";
import { blobRows, blobWidth, threeBlobs } from "./three-blobs.ts";

/** Labels by scikit-learn 1.9.1, HDBSCAN(min_cluster_size, min_samples), of the same rows; a dot is noise. */
const references = [
  {
    minClusterSize: 5,
    minSamples: 5,
    labels:
      "10210.10210210.10210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210.10210210210210.10210210210210210210210210210.10.102102102....0......1..0.....1.........",
  },
  {
    minClusterSize: 12,
    minSamples: 4,
    labels:
      "10210210210210.10210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210210.10210210210210210210210210210210210210210210110.102102102....0......1..0.....1.........",
  },
  {
    minClusterSize: 40,
    minSamples: 10,
    labels:
      "10210.10210210.10210210210210210210210210210210.10210210210210210.10210210.10210210210210210210210210210210210.10210210210210210210210210210.10210210210.10210210210210.10210210210210.10.10210210210.10.102102102....0......1..0.....1.........",
  },
];
const values = threeBlobs();

describe("hdbscan", () => {
  it.each(references)("clusters as scikit-learn does: $minClusterSize and $minSamples rows", async (reference) => {
    const { assignments, clusterCount } = await hdbscan(values, blobRows, blobWidth, reference);
    const expected = [...reference.labels].map((label) => (label === "." ? -1 : Number(label)));
    expect(clusterCount).toBe(3);
    expect([...assignments].map((label) => label < 0)).toEqual(expected.map((label) => label < 0));
    expect(adjustedRand(assignments, expected)).toBe(1);
  });

  it.each([1, 2, 3, 4])("finds %i clusters where that many are wanted", async (clusters) => {
    const found = await hdbscan(values, blobRows, blobWidth, { minClusterSize: 5, minSamples: 3, clusters });
    expect(found.clusterCount).toBe(clusters);
    expect(new Set(found.assignments.filter((label) => label >= 0)).size).toBe(clusters);
  });

  it("finds no more clusters than there are", async () => {
    const found = await hdbscan(values, blobRows, blobWidth, { minClusterSize: 60, minSamples: 3, clusters: 40 });
    expect(found.clusterCount).toBeLessThanOrEqual(4);
  });

  it("gives every row that it clustered the same cluster again, and calls a far row noise", async () => {
    const options = { minClusterSize: 12, minSamples: 4 };
    const found = await hdbscan(values, blobRows, blobWidth, options);
    const assign = assignToDense(found, values, blobRows, blobWidth, options.minSamples);
    const again = Int32Array.from(found.assignments, (_, row) => assign(values, row * blobWidth));
    const same = again.filter((label, row) => label === found.assignments[row]).length;
    expect(same).toBeGreaterThan(0.95 * blobRows);
    expect(
      again.every((label, row) => label < 0 || found.assignments[row] < 0 || label === found.assignments[row]),
    ).toBe(true);
    expect(assign(Float32Array.of(100, 100, 100), 0)).toBe(-1);
  });

  it("takes one row, two, and rows that are all the same", async () => {
    const options = { minClusterSize: 5, minSamples: 5 };
    for (const rowCount of [1, 2, 50]) {
      const { assignments } = await hdbscan(new Float32Array(rowCount * 2), rowCount, 2, options);
      expect(assignments).toHaveLength(rowCount);
      expect(assignments.every((label) => label === -1)).toBe(true);
    }
  });

  it("ends when it is told to", async () => {
    const options = { minClusterSize: 5, minSamples: 5, signal: AbortSignal.abort() };
    await expect(hdbscan(values, blobRows, blobWidth, options)).rejects.toThrow();
  });
});
