import { clusterRows } from "@systemhealer/ml/cluster/cluster-rows";
import { clusterMethods } from "@systemhealer/ml/cluster/clusterer";
import { ClusteringError } from "@systemhealer/ml/cluster/clustering-error";
import { adjustedRand } from "@systemhealer/ml/metrics/adjusted-rand";
import { describe, expect, it } from "vitest";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const table = syntheticTable({ rowsPerClass: [160, 120, 80], columns: 12, gapShare: 0.05, distance: 4 });
const { labels: _, classes: __, ...unlabelled } = table;

describe("clusterRows", () => {
  it.each(clusterMethods)("%s finds the groups and their number without seeing a label", async (method) => {
    const found = await clusterRows(unlabelled, { method, seed: 1 });
    const clustered = [...found.assignments.keys()].filter((row) => found.assignments[row] >= 0);
    expect(found.clusters.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0) + found.noiseRows).toBe(360);
    expect(clustered.length).toBeGreaterThan(320);
    const agreement = adjustedRand(
      clustered.map((row) => found.assignments[row]),
      clustered.map((row) => table.labels?.[row] ?? -1),
    );
    expect(agreement).toBeGreaterThan(0.8);
    expect(found.chosenBy).not.toBe("given");
  });

  it("does not look at labels", async () => {
    const options = { method: "k-means", seed: 3 } as const;
    const [with_, without] = [await clusterRows(table, options), await clusterRows(unlabelled, options)];
    expect(with_).toEqual(without);
  });

  it.each(clusterMethods)("%s makes as many clusters as are wanted, the greatest first", async (method) => {
    const { clusters, chosenBy } = await clusterRows(unlabelled, { method, clusters: 3, seed: 1 });
    expect(clusters).toHaveLength(3);
    expect(chosenBy).toBe("given");
    const rows = clusters.map((cluster) => cluster.rows);
    expect(rows).toEqual(rows.toSorted((one, other) => other - one));
  });

  it("describes a cluster by the KPIs that tell it from the others", async () => {
    const values = table.values.map((value, cell) => {
      const row = Math.floor(cell / 12);
      // KPI 7 is high in the first group only, where it is 900 to 1,000.
      return cell % 12 === 7 ? (row < 160 ? 900 + (row % 101) : 10 + (row % 5)) : value;
    });
    const { clusters, assignments } = await clusterRows(
      { ...unlabelled, values },
      { method: "k-means", clusters: 3, seed: 1 },
    );
    const own = clusters[assignments[0]];
    const kpi = own?.kpis.find(({ name }) => name === "kpi7");
    expect(kpi).toMatchObject({ direction: "above", restMedian: 12 });
    expect(kpi?.strength).toBeGreaterThan(0.95);
    expect(kpi?.median).toBeGreaterThan(930);
    expect(kpi?.low).toBeGreaterThanOrEqual(900);
    expect(kpi?.high).toBeLessThanOrEqual(1_000);
    expect(own?.kpis.length).toBeLessThanOrEqual(8);
  });

  it("names rows of the cluster as its examples, and draws rows with their cluster", async () => {
    const { clusters, assignments, map } = await clusterRows(unlabelled, { method: "hdbscan", seed: 1 });
    for (const [cluster, { exemplars, kpis, typicalRows }] of clusters.entries()) {
      expect(exemplars).toHaveLength(5);
      for (const row of exemplars) expect(assignments[row - 1]).toBe(cluster);
      expect(kpis.length).toBeGreaterThan(0);
      expect(typicalRows.map(({ row }) => row)).toEqual(exemplars);
      for (const { row, values } of typicalRows) {
        const cells = kpis.map(({ name }) => {
          const value =
            unlabelled.values[(row - 1) * unlabelled.featureNames.length + unlabelled.featureNames.indexOf(name)];
          return Number.isNaN(value) ? null : value;
        });
        expect(values).toEqual(cells);
      }
    }
    expect(map.points).toHaveLength(360);
    for (const { row, cluster } of map.points) expect(assignments[row - 1]).toBe(cluster);
  });

  it("clusters more rows than it looks at", async () => {
    const many = syntheticTable({ rowsPerClass: [9_000, 4_000], columns: 6, distance: 6 });
    const found = await clusterRows(many, { method: "k-means", clusters: 2, seed: 1 });
    expect(found.sampledRows).toBe(10_000);
    expect(adjustedRand(found.assignments, many.labels ?? [])).toBeGreaterThan(0.99);
    expect(found.map.points).toHaveLength(2_000);
  }, 20_000);

  it("refuses rows that there is nothing to group by", async () => {
    const few = { ...unlabelled, rowCount: 5, values: unlabelled.values.slice(0, 60) };
    const constant = { ...unlabelled, values: unlabelled.values.map(() => 1) };
    const gaps = { ...unlabelled, values: unlabelled.values.map(() => Number.NaN) };
    const options = { method: "hdbscan", seed: 1 } as const;
    for (const bad of [few, constant, gaps]) await expect(clusterRows(bad, options)).rejects.toThrow(ClusteringError);
    await expect(clusterRows(unlabelled, { ...options, clusters: 361 })).rejects.toThrow(ClusteringError);
  });

  it("takes huge numbers, and ends when it is told to", async () => {
    const huge = { ...unlabelled, values: unlabelled.values.map((value) => Math.sign(value) * 3.4e38) };
    const { assignments } = await clusterRows(huge, { method: "gaussian-mixture", clusters: 2, seed: 1 });
    expect(assignments).toHaveLength(360);
    for (const method of clusterMethods) {
      await expect(clusterRows(unlabelled, { method, seed: 1, signal: AbortSignal.abort() })).rejects.toThrow();
    }
  });
});
