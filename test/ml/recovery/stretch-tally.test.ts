import { describe, expect, it } from "vitest";
import { AnomalyTally } from "../../../packages/ml/src/anomaly/anomaly-tally.ts";
import { fitBaseline } from "../../../packages/ml/src/anomaly/baseline.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { StretchTally } from "../../../packages/ml/src/recovery/stretch-tally.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const kpis = ["cpu", "disk"];
const classes = ["fault", "normal"];
const random = createRandom(3);
const values = Float32Array.from({ length: 400 }, () => normal(random));
const baseline = (await fitBaseline(
  { columnCount: 2, values },
  Int32Array.from({ length: 200 }, (_, i) => i),
  "normal",
))!;
const ranges = [
  { low: -3, median: 0, high: 3 },
  { low: -3, median: 0, high: 3 },
];
const created = () => new StretchTally(AnomalyTally.of(kpis, classes, { baseline, normalRanges: { ranges } }, 3), 1);

interface Row {
  readonly time: number;
  readonly diagnosis?: number;
  readonly node?: string | null;
  readonly values?: readonly [number, number];
}

function add(tally: StretchTally, { time, diagnosis = 1, node = null, values: [cpu, disk] = [0, 0] }: Row): void {
  const probabilities = Float32Array.of(1 - diagnosis, diagnosis);
  const row = { diagnosis, node, time, unknown: diagnosis === 0, probabilities, probabilityOffset: 0 };
  tally.addRow(row, Float32Array.of(cpu, disk), 0);
}

const toldOf = (tally: StretchTally) =>
  tally.stretches().map(({ tally: own, ...told }) => ({ ...told, anomalies: own.anomalies(), health: own.health() }));

describe("rows by stretches of time", () => {
  const start = Date.UTC(2026, 0, 5);
  const rows: Row[] = Array.from({ length: 3_000 }, (_, at) => ({
    time: start + 10_000 * Math.floor(at / 3),
    node: ["a", "b", null][at % 3]!,
    diagnosis: at < 900 && at % 3 === 1 ? 0 : 1,
    values: at < 900 && at % 3 === 1 ? [9, 0] : [0, 0],
  }));

  it("are at most 48 of equal length, in the order of time, and hold every row", () => {
    const tally = created();
    for (const row of rows.toReversed()) add(tally, row);
    const stretches = tally.stretches();
    expect(stretches.length).toBeGreaterThan(20);
    expect(stretches.length).toBeLessThanOrEqual(48);
    expect(stretches.reduce((sum, stretch) => sum + stretch.rows, 0)).toBe(3_000);
    const begins = stretches.map(({ from }) => from!);
    expect(begins).toEqual(begins.toSorted((one, other) => one - other));
    const [first, last] = [stretches[0]!, stretches.at(-1)!];
    expect(first.nodes.find(({ node }) => node === "b")).toMatchObject({
      faulty: first.rows / 3,
      rows: first.rows / 3,
    });
    expect(first.tally.health().nodes.find(({ node }) => node === "b")!.outside).toMatchObject([
      { name: "cpu", share: 1 },
    ]);
    expect(last).toMatchObject({ unknownRows: 0, classRows: [0, last.rows] });
    expect(last.to).toBe(start + 9_990_000);
  });

  it("of parts, merged in any order and sent as JSON, are those of the file", () => {
    const whole = created();
    for (const row of rows) add(whole, row);
    const parts = [0, 1, 2].map((part) => {
      const tally = created();
      for (const row of rows.slice(part * 1_000, (part + 1) * 1_000)) add(tally, row);
      return JSON.parse(JSON.stringify(tally)) as ReturnType<StretchTally["toJSON"]>;
    });
    const merged = StretchTally.fromJSON(parts[2]!);
    merged.merge(parts[0]!);
    merged.merge(parts[1]!);
    const sorted = (told: ReturnType<typeof toldOf>) =>
      told.map(({ nodes, health, ...rest }) => ({
        ...rest,
        nodes: nodes.toSorted((one, other) => String(one.node).localeCompare(String(other.node))),
        healthyNodes: health.healthyNodes,
        insideShare: health.insideShare,
      }));
    expect(sorted(toldOf(merged))).toEqual(sorted(toldOf(whole)));
    expect(merged.whole().anomalies()).toEqual(whole.whole().anomalies());
  });

  it("since one of them are all later rows", () => {
    const tally = created();
    for (const row of rows) add(tally, row);
    const stretches = tally.stretches();
    const latest = tally.since(stretches.length - 2);
    expect(latest.rows).toBe(stretches.at(-1)!.rows + stretches.at(-2)!.rows);
    expect(latest.from).toBe(stretches.at(-2)!.from);
  });

  it("are one, where a row tells no time", () => {
    const tally = created();
    for (const row of rows.slice(0, 300)) add(tally, row);
    add(tally, { time: Number.NaN });
    expect(tally.stretches()).toMatchObject([{ rows: 301 }]);
    expect(tally.since(0).rows).toBe(301);
  });

  it("grow where many nodes would take too much memory, whichever way the rows come", () => {
    const manyKpis = Array.from({ length: 2_000 }, (_, column) => `kpi${column}`);
    const wide = Array.from({ length: 2_000 }, () => ({ low: -3, median: 0, high: 3 }));
    const ones = new Float64Array(2_000).fill(1);
    const broad = { ...baseline, means: new Float64Array(2_000), deviations: ones, alarms: ones };
    const known = { baseline: broad, normalRanges: { ranges: wide } };
    const tally = new StretchTally(AnomalyTally.of(manyKpis, classes, known, 3), 1);
    const zeros = new Float32Array(2_000);
    const probabilities = Float32Array.of(0, 1);
    const row = { diagnosis: 1, unknown: false, probabilities, probabilityOffset: 0 };
    for (let node = 0; node < 60; node++) {
      for (let time = 0; time < 30; time++) tally.addRow({ ...row, node: `n${node}`, time }, zeros, 0);
    }
    const stretches = tally.stretches();
    expect(stretches.reduce((sum, { rows: own }) => sum + own, 0)).toBe(1_800);
    expect(stretches.length).toBeLessThan(8);
    expect(stretches.length).toBeGreaterThan(1);
  });

  it("take any numbers for times", () => {
    const tally = created();
    const odd = [Number.POSITIVE_INFINITY, 1e300, -1e300, -5, 0, 1e-9, 2 ** 69, -(2 ** 69), Number.MAX_SAFE_INTEGER];
    for (const time of odd) add(tally, { time });
    for (let at = 0; at < 500; at++) add(tally, { time: (at - 250) * 3.7 });
    expect(tally.stretches().reduce((sum, { rows: own }) => sum + own, 0)).toBe(509);
    const counted = created();
    for (let at = -300; at < 300; at++) add(counted, { time: at });
    expect(counted.stretches().length).toBeLessThanOrEqual(48);
    expect(counted.stretches().length).toBeGreaterThan(20);
  });
});
