import { createHash } from "node:crypto";
import { faultNames } from "@systemhealer/simulator/faults";
import { type SimulationOptions, schemaNames } from "@systemhealer/simulator/options";
import { simulate } from "@systemhealer/simulator/simulate";
import type { SampleTruth } from "@systemhealer/simulator/truth";
import { expect, test } from "vitest";

async function table(options: SimulationOptions): Promise<{ text: string; header: string[]; rows: string[][] }> {
  let text = "";
  for await (const chunk of simulate(options)) text += chunk;
  expect(text.endsWith("\n")).toBe(true);
  const [header, ...rows] = text.slice(0, -1).split("\n");
  return { text, header: header!.split(","), rows: rows.map((row) => row.split(",")) };
}

const labels = (rows: string[][]) => rows.map((row) => row.at(-1)!);
const counts = (values: string[]) => Object.groupBy(values, (value) => value);

test.each(schemaNames)("%s: the same options give the same bytes, another seed gives others", async (schema) => {
  const hash = async (seed: number) =>
    createHash("sha256")
      .update((await table({ schema, rows: 120, seed })).text)
      .digest("hex");
  expect(await hash(5)).toBe(await hash(5));
  expect(await hash(5)).not.toBe(await hash(6));
});

test("reference: sample_id, 107 anonymous KPIs and a label from 0 to 5", async () => {
  const { header, rows } = await table({ rows: 600, seed: 1, missingShare: 0 });
  expect(header).toEqual(["sample_id", ...Array.from({ length: 107 }, (_, i) => `feature${i}`), "label"]);
  expect(rows).toHaveLength(600);
  for (const [i, row] of rows.entries()) {
    expect(row).toHaveLength(109);
    expect(row[0]).toBe(String(i));
    for (const cell of row) expect(Number.isFinite(Number(cell)) && cell !== "").toBe(true);
  }
  const byLabel = counts(labels(rows));
  expect(Object.keys(byLabel)).toEqual(["0", "1", "2", "3", "4", "5"]);
  for (const same of Object.values(byLabel)) expect(Math.abs(same!.length - 100)).toBeLessThanOrEqual(3);
});

test("reference: magnitudes are far apart, some KPIs go negative, some never change", async () => {
  const { rows } = await table({ rows: 300, seed: 1, missingShare: 0 });
  const columns = Array.from({ length: 107 }, (_, f) => rows.map((row) => Number(row[f + 1])));
  const largest = columns.map((column) => Math.max(...column.map(Math.abs)));
  expect(Math.max(...largest)).toBeGreaterThan(1e17);
  expect(Math.max(...largest)).toBeLessThan(1e18);
  expect(Math.min(...largest.filter((value) => value > 0))).toBeLessThan(1e-2);
  expect(columns.filter((column) => column.some((value) => value < 0)).length).toBeGreaterThan(30);
  expect(columns.filter((column) => new Set(column).size === 1).length).toBeGreaterThanOrEqual(3);
});

test.each([0, 0.02, 0.2])(
  "reference: a share of %d of the cells is missing, and about thirty KPIs never are",
  async (share) => {
    const { rows } = await table({ rows: 400, seed: 2, missingShare: share });
    const gaps = Array.from({ length: 107 }, (_, f) => rows.filter((row) => row[f + 1] === "").length);
    const found = gaps.reduce((sum, count) => sum + count, 0) / (400 * 107);
    expect(Math.abs(found - share)).toBeLessThan(0.005 + 0.05 * share);
    expect(gaps.filter((count) => count === 0).length).toBeGreaterThan(25);
  },
);

test("classes come in the shares that are asked for", async () => {
  const { rows } = await table({
    rows: 500,
    seed: 3,
    classShares: { "cpu-hog": 6, "memory-leak": 3, "replication-stall": 1 },
  });
  const byLabel = counts(labels(rows));
  expect(Object.keys(byLabel)).toEqual(["0", "2", "5"]);
  expect(Math.abs(byLabel["0"]!.length - 300)).toBeLessThanOrEqual(4);
  expect(Math.abs(byLabel["5"]!.length - 50)).toBeLessThanOrEqual(4);
});

test("a file of a few rows already has every class", async () => {
  const { rows } = await table({ rows: 18, seed: 4 });
  expect(Object.keys(counts(labels(rows)))).toHaveLength(6);
});

test("long: one row for each node and moment, faults labelled at the node where they began", async () => {
  const truths: SampleTruth[] = [];
  const { header, rows } = await table({
    schema: "long",
    rows: 8 * 300,
    seed: 1,
    missingShare: 0,
    onTruth: (truth) => truths.push(truth),
  });
  expect(header.slice(0, 3)).toEqual(["time", "node", "cpu_utilisation"]);
  expect(truths).toHaveLength(300);
  for (const [m, truth] of truths.entries()) {
    const moment = rows.slice(8 * m, 8 * m + 8);
    expect(new Set(moment.map((row) => row[0]))).toEqual(new Set([truth.time]));
    for (const row of moment) expect(row.at(-1)).toBe(row[1] === truth.origin ? truth.fault : "normal");
  }
  const faults = truths.filter((truth) => truth.fault !== "normal");
  expect(new Set(faults.map((truth) => truth.fault))).toEqual(new Set(faultNames));
  expect(Math.abs(faults.length / truths.length - 0.5)).toBeLessThan(0.1);
  // A gateway has no disk: its cell is empty even where nothing is missing.
  const disk = header.indexOf("disk_utilisation");
  for (const row of rows) expect(row[disk] === "").toBe(row[1]!.startsWith("gateway"));
});

test("wide: one row for each moment of any topology, with time that moves on by ten seconds", async () => {
  const { header, rows } = await table({
    schema: "wide",
    rows: 50,
    seed: 1,
    topology: { gateways: 1, shards: 2, followersPerShard: 2 },
  });
  expect(header.slice(0, 3)).toEqual(["sample_id", "time", "gateway-1.cpu_utilisation"]);
  expect(header).toContain("shard-2-follower-2.replication_lag_seconds");
  const times = rows.map((row) => Date.parse(row[1]!));
  for (let i = 1; i < times.length; i++) expect(times[i]! - times[i - 1]!).toBe(10_000);
});

test("the truth names fault, origin and onset of each sample, in the order of the rows", async () => {
  const truths: SampleTruth[] = [];
  const { rows } = await table({ rows: 90, seed: 9, onTruth: (truth) => truths.push(truth) });
  expect(truths.map((truth) => truth.sampleId)).toEqual(rows.map((_, i) => i));
  for (const [i, truth] of truths.entries()) {
    expect(faultNames.indexOf(truth.fault as (typeof faultNames)[number])).toBe(Number(rows[i]!.at(-1)));
    expect(truth.origin).toMatch(/^(gateway-\d|shard-\d-(leader|follower-1))$/);
    expect(truth.secondsSinceOnset).toBeGreaterThan(0);
  }
});

test("another environment has other numbers under the same columns", async () => {
  const median = async (shift: number) => {
    const { rows } = await table({ rows: 200, seed: 1, missingShare: 0, shift });
    const values = rows.map((row) => Number(row[10])).sort((a, b) => a - b);
    return values[100]!;
  };
  expect(Math.abs((await median(1)) / (await median(0)) - 1)).toBeGreaterThan(0.05);
});

test.each([
  [{ rows: 0 }, /rows/],
  [{ rows: 1, seed: 0.5 }, /seed/],
  [{ rows: 1, severity: 0 }, /severity/],
  [{ rows: 1, shift: 3 }, /shift/],
  [{ rows: 1, missingShare: 0.9 }, /missingShare/],
  [{ rows: 1, classShares: { normal: 1 } }, /normal is no class here/],
] as const)("options %o are refused by name", async (options, reason) => {
  await expect(table(options)).rejects.toThrow(reason);
});
