import { expect, it } from "vitest";
import { groupKpis, sharedWords } from "../../../packages/ml/src/groups/group-kpis.ts";
import { groupMoves } from "../../../packages/ml/src/groups/group-moves.ts";
import { rankColumns, rankCorrelations } from "../../../packages/ml/src/groups/rank-columns.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const names = ["disk_wait", "disk_queue", "disk_free", "cpu_user", "cpu_load", "swaps", "constant"];
const rowCount = 1_500;
const rows = Int32Array.from({ length: rowCount }, (_, row) => row);

/** Two hidden causes; how full the disk is goes against its queue; one KPI alone; one that never moves. */
function draw() {
  const random = createRandom(3);
  const noisy = (value: number) => (random.uniform() < 0.05 ? Number.NaN : value + 0.2 * normal(random));
  const values = Float32Array.from(
    Array.from(rows, () => {
      const [disk, cpu] = [normal(random), normal(random)];
      return [noisy(disk), Math.exp(3 * disk), -noisy(disk), noisy(cpu), cpu ** 3, normal(random), 5];
    }).flat(),
  );
  return { values, columnCount: names.length };
}

it("ranks tell what moves together whatever its scale", async () => {
  const ranked = await rankColumns(draw(), rows);
  expect([...ranked.columns]).toEqual([0, 1, 2, 3, 4, 5]);
  const correlations = await rankCorrelations(ranked);
  expect(correlations[1]).toBeGreaterThan(0.85);
  expect(correlations[2]).toBeLessThan(-0.8);
  expect(Math.abs(correlations[3]!)).toBeLessThan(0.1);
});

it("KPIs of one cause are a group, with those that go the other way; others are alone", async () => {
  const found = await groupKpis(draw(), names, rows);
  expect(found.chosenBy).toBe("silhouette");
  expect(found.groups.map(({ name }) => name)).toEqual(["disk", "cpu"]);
  expect(new Set(found.groups[0]?.kpis.map(({ name }) => name))).toEqual(new Set(names.slice(0, 3)));
  expect(found.groups[0]?.kpis[0]?.correlation).toBe(1);
  const signOf = (name: string) => Math.sign(found.groups[0]?.kpis.find((kpi) => kpi.name === name)?.correlation ?? 0);
  expect(signOf("disk_free")).toBe(-signOf("disk_queue"));
  expect(found).toMatchObject({ alone: ["swaps"], leftOut: 1 });
  expect(found.heatMap.kpis).toHaveLength(6);
  expect(found.heatMap.groups).toEqual([0, 0, 0, 1, 1, -1]);
  for (const [place, row] of found.heatMap.correlations.entries()) expect(row[place]).toBe(1);
});

it("a cut that is asked for is made", async () => {
  const apart = await groupKpis(draw(), names, rows, { leastCorrelation: 0.999 });
  expect(apart).toMatchObject({ chosenBy: "given", groups: [] });
  expect(apart.alone).toHaveLength(6);
});

it("a group moves in a cluster in which its KPIs do, each its own way", () => {
  const kpis = [
    { name: "a", correlation: 1 },
    { name: "b", correlation: -0.9 },
  ];
  const columnOf = new Map([
    ["a", 0],
    ["b", 1],
  ]);
  const shifts = Float64Array.of(0.8, 0.1, -0.6, Number.NaN);
  expect(groupMoves({ kpis }, shifts, 2, columnOf)).toEqual([{ cluster: 0, shift: 0.7 }]);
});

it("a group is called by the words that all its names share", () => {
  expect(sharedWords(["disk_read_bytes", "disk_written_bytes"])).toBe("disk bytes");
  expect(sharedWords(["feature1", "feature2"])).toBe("");
});

it("a thousand columns stay within bounds", async () => {
  const random = createRandom(1);
  const columnCount = 1_000;
  const values = new Float32Array(400 * columnCount);
  for (let row = 0; row < 400; row++) {
    const causes = Array.from({ length: 100 }, () => normal(random));
    for (let column = 0; column < columnCount; column++) {
      values[row * columnCount + column] = causes[column % 100]! + 0.3 * normal(random);
    }
  }
  const all = Array.from({ length: columnCount }, (_, column) => `k${column}`);
  const found = await groupKpis({ values, columnCount }, all, rows.subarray(0, 400));
  expect(found.groups).toHaveLength(100);
  expect(found.groups.every(({ kpis }) => kpis.length === 10)).toBe(true);
  expect(found.heatMap.kpis.length).toBeLessThanOrEqual(60);
});
