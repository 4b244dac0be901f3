import { createReadStream } from "node:fs";
import { describe, expect, it } from "vitest";
import { AnomalyTally } from "../../../packages/ml/src/anomaly/anomaly-tally.ts";
import { BaselineError, detectRows, normalStateOf } from "../../../packages/ml/src/anomaly/detect-rows.ts";
import { type ReadTable, readTable } from "../../../packages/ml/src/table/read-table.ts";
import { simulate } from "../../../packages/simulator/src/simulate.ts";
import { contestFile } from "../fixtures/contest-file.ts";

const options = { labels: "optional", keepNodes: true } as const;
const threshold = 3;

function simulated(rows: number, seed: number, healthy: boolean): Promise<ReadTable> {
  const classShares = healthy ? { classShares: { normal: 1 } } : {};
  return readTable(bytesOf(simulate({ schema: "long", rows, seed, ...classShares })), options);
}

async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}

/** Every other row of the named class, and all rows but those. */
function halves(table: ReadTable, name: string): readonly [ReadTable, ReadTable] {
  const { labels = new Int32Array(0), classes = [], featureNames } = table;
  const normal = classes.indexOf(name);
  let seen = 0;
  const isFirst = Array.from(labels, (label) => label === normal && seen++ % 2 === 0);
  const part = (wanted: boolean): ReadTable => {
    const rows = Int32Array.from(labels.keys()).filter((row) => isFirst[row] === wanted);
    const width = featureNames.length;
    const values = new Float32Array(rows.length * width);
    for (const [place, row] of rows.entries()) {
      values.set(table.values.subarray(row * width, (row + 1) * width), place * width);
    }
    return { featureNames, classes, rowCount: rows.length, values, labels: rows.map((row) => labels[row]) };
  };
  return [part(true), part(false)];
}

const shareOf = (name: string, byLabel: readonly { name: string; rows: number; anomalous: number }[] = []) => {
  const found = byLabel.find((label) => label.name === name);
  return found ? found.anomalous / found.rows : Number.NaN;
};

describe("a simulated cluster whose nodes are all healthy", () => {
  it("has every KPI of every node within its normal range", async () => {
    const state = await normalStateOf(await simulated(20_000, 3, true));
    expect(state).toMatchObject({ origin: "normal", baseline: { source: "normal" } });
    const found = await detectRows(await simulated(6_000, 5, true), state, { threshold });
    const { health, anomalies } = found;
    expect(health.expectedShare).toBe(0.99);
    expect(health.insideShare).toBeGreaterThan(0.985);
    expect(health.nodes.map(({ node }) => node)).toContain("shard-2-leader");
    expect(health.nodes).toHaveLength(8);
    for (const node of health.nodes) expect(node).toMatchObject({ healthy: true, outside: [], outsideKpis: 0 });
    expect(health.healthyNodes).toBe(8);
    expect(anomalies.rows / found.rows).toBeLessThan(0.03);
  });

  it("is told from one whose leader has a slow disk, by node and KPI", async () => {
    const state = await normalStateOf(await simulated(8_000, 3, true));
    const table = await simulated(1_600, 4, true);
    const slow = table.nodes?.names.indexOf("shard-1-leader") ?? -1;
    const column = table.featureNames.indexOf("disk_latency_milliseconds");
    for (let row = 0; row < table.rowCount; row++) {
      if (table.nodes?.rows[row] === slow) table.values[row * table.featureNames.length + column] *= 20;
    }
    const { health } = await detectRows(table, state, { threshold });
    const sick = health.nodes.find(({ node }) => node === "shard-1-leader");
    expect(sick).toMatchObject({ healthy: false });
    expect(sick?.outside[0]).toMatchObject({ name: "disk_latency_milliseconds", direction: "above" });
  });
});

describe("faults of the simulated cluster", () => {
  it("are found where normal rows that were kept aside hardly raise an alarm", async () => {
    const [known, fresh] = halves(await simulated(12_000, 1, false), "normal");
    const { byLabel, anomalies } = await detectRows(fresh, await normalStateOf(known), { threshold });
    expect(shareOf("normal", byLabel)).toBeLessThan(0.015);
    expect(shareOf("network-delay", byLabel)).toBeGreaterThan(0.7);
    expect(shareOf("lock-contention", byLabel)).toBeGreaterThan(0.7);
    expect(anomalies.kpis[0]?.rows).toBeGreaterThan(0);
  });

  it("are found without any label, less surely", async () => {
    const table = await simulated(12_000, 1, false);
    const { labels: _labels, classes: _classes, ...unlabelled } = table;
    const state = await normalStateOf(unlabelled);
    expect(state).toMatchObject({ origin: "own", baseline: { source: null } });
    const { byLabel } = await detectRows(table, state, { threshold });
    expect(shareOf("normal", byLabel)).toBeLessThan(0.03);
    expect(shareOf("network-delay", byLabel)).toBeGreaterThan(0.5);
  });
});

it("columns are matched by name, and rows told with their KPIs, the furthest first", async () => {
  const featureNames = ["a", "b"];
  const values = Float32Array.from({ length: 200 }, (_, index) => Math.sin(index) + 10 * (index % 2));
  const state = await normalStateOf({ featureNames, rowCount: 100, values }, { allNormal: true });
  const rows: number[][] = [];
  const table = { featureNames: ["c", "b"], rowCount: 2, values: Float32Array.of(0, 10, 0, 40) };
  const found = await detectRows(table, state, {
    threshold,
    onRow: ({ row, beyond, deviations }) => void rows.push([row, beyond, ...deviations.map(({ column }) => column)]),
  });
  expect(rows).toEqual([
    [0, 0],
    [1, 1, 1],
  ]);
  expect(found).toMatchObject({ rows: 2, anomalies: { rows: 1, kpis: [{ name: "b", rows: 1 }] } });
  expect(found.health.nodes.map(({ node }) => node)).toEqual([null]);
});

it("ten rows are needed", async () => {
  const few = { featureNames: ["a"], rowCount: 3, values: Float32Array.of(1, 2, 3) };
  await expect(normalStateOf(few)).rejects.toThrow(BaselineError);
});

it("rows without a label are not those of a class that the table does not have", async () => {
  const values = Float32Array.from({ length: 40 }, (_, row) => row);
  const labels = Int32Array.from(values, (_, row) => (row < 20 ? -1 : 0));
  const table = { featureNames: ["a"], rowCount: 40, values, labels, classes: ["slow"] };
  await expect(normalStateOf(table, { normalClass: "calm" })).rejects.toThrow(BaselineError);
});

it("the parts of a file, merged, tell what the whole does", async () => {
  const table = await simulated(2_000, 1, false);
  const state = await normalStateOf(table);
  const kpis = table.featureNames;
  const tallyOf = (from: number, to: number) => {
    const tally = AnomalyTally.of(kpis, ["x", "y"], state, threshold);
    for (let row = from; row < to; row++) tally.addRow(row % 2, table.values, row * kpis.length, `n${row % 5}`);
    return tally;
  };
  const merged = AnomalyTally.fromJSON(JSON.parse(JSON.stringify(tallyOf(0, 700))));
  merged.merge(tallyOf(700, 2_000).toJSON());
  const whole = tallyOf(0, 2_000);
  expect(merged.anomalies()).toEqual(whole.anomalies());
  expect(merged.health()).toEqual(whole.health());
});

it("more nodes than can be kept count as one without a name", async () => {
  const state = await normalStateOf({
    featureNames: ["a"],
    rowCount: 20,
    values: Float32Array.from({ length: 20 }, (_, row) => row),
  });
  const tally = AnomalyTally.of(["a"], [], state, threshold);
  for (let node = 0; node < 1_500; node++) tally.addRow(-1, Float32Array.of(3), 0, `n${node}`);
  const { nodes } = tally.health();
  expect(nodes).toHaveLength(1_001);
  expect(nodes.at(-1)).toMatchObject({ node: null, rows: 500 });
});

const mysql = contestFile("dbpa-mysql/windows_64_256.csv");
it.skipIf(mysql === undefined)("tells faults of MySQL from its normal windows", async () => {
  const [known, fresh] = halves(await readTable(createReadStream(mysql!), options), "Normal");
  const { byLabel } = await detectRows(fresh, await normalStateOf(known), { threshold });
  expect(shareOf("Normal", byLabel)).toBeLessThan(0.03);
  for (const fault of ["Concurrent Commits", "I/O Saturation", "Lock Waits", "Missing Indexes"]) {
    expect(shareOf(fault, byLabel)).toBeGreaterThan(0.95);
  }
});
