import { expect, test } from "vitest";
import { pointsByCluster } from "../../../../frontend/src/features/clusters/points-by-cluster.ts";

test("points are sorted by cluster, with the rows in none beneath the others", () => {
  const point = (row: number, cluster: number) => ({ row, x: row, y: -row, cluster });
  const groups = pointsByCluster({ method: "umap", points: [point(5, 1), point(6, -1), point(9, 0), point(11, 1)] });
  expect(groups.map(({ cluster }) => cluster)).toEqual([-1, 0, 1]);
  expect(groups[2]!.points).toEqual([
    { key: 5, x: 5, y: -5 },
    { key: 11, x: 11, y: -11 },
  ]);
});
