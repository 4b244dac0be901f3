import { expect, it } from "vitest";
import { clusterShifts, describeClusters } from "../../../packages/ml/src/cluster/describe-clusters.ts";

const gap = Number.NaN;
/** Two clusters of four rows, and one row in none; the last column lies as often above as below. */
const table = [
  [1, 10, 5, gap, 1],
  [2, 11, 5, gap, 2],
  [3, 12, 5, gap, 3],
  [4, 13, 5, 9, 4],
  [11, 0, 5, gap, 1.5],
  [12, 1, 5, gap, 2.5],
  [13, 2, 5, gap, 3.5],
  [14, 3, 5, 8, 0.5],
  [5, 5, 5, gap, 2.2],
];
const raw = { columnCount: 5, values: Float32Array.from(table.flat()) };
const names = ["up", "down", "constant", "sparse", "alike"];
const rows = Int32Array.from(table.keys());
const assignments = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1, -1);

it("a cluster is told by the KPIs that part it from all other rows, and by how surely", async () => {
  const [first, second] = await describeClusters(raw, names, rows, assignments, 2);
  expect(first.map(({ name, direction, strength }) => [name, direction, strength])).toEqual([
    ["up", "below", 1],
    ["down", "above", 1],
  ]);
  expect(first[0]).toMatchObject({ median: 2.5, restMedian: 12 });
  expect(first[0].low).toBeCloseTo(1.15, 5);
  expect(first[0].high).toBeCloseTo(3.85, 5);
  expect(second.map(({ name, direction }) => [name, direction])).toEqual([
    ["up", "above"],
    ["down", "below"],
  ]);
});

it("a shift is positive where the cluster lies above the others, and none where too few rows tell", async () => {
  const shifts = await clusterShifts(raw, rows, assignments, 2);
  const of = (column: number) => [...shifts.subarray(2 * column, 2 * column + 2)];
  expect(of(0)).toEqual([-1, 1]);
  expect(of(1)).toEqual([1, -1]);
  expect(of(2)).toEqual([0, 0]);
  expect(of(3)).toEqual([gap, gap]);
  expect(Math.abs(of(4)[0])).toBeLessThan(0.3);
});
