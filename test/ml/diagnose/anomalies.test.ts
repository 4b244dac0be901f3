import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fitBaseline } from "../../../packages/ml/src/anomaly/baseline.ts";
import { type DiagnoseOptions, diagnoseCsv, diagnoseShard } from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { DiagnosisAccumulator } from "../../../packages/ml/src/diagnose/diagnosis-accumulator.ts";
import type { OpenModel } from "../../../packages/ml/src/diagnose/model.ts";
import { fitNormalRanges } from "../../../packages/ml/src/honesty/normal-ranges.ts";
import { fitReference } from "../../../packages/ml/src/honesty/reference.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { openSoftmaxModel } from "../fixtures/softmax-model.ts";
import { normal } from "../fixtures/synthetic-table.ts";
import { byteChunks } from "../table/byte-chunks.ts";

const features = ["cpu", "disk", "queue"];
const classes = ["normal", "disk-slow", "crowded"];
const header = "id,node,cpu,disk,queue\n";

/** 1,000 normal rows: cpu about 50 ± 5, disk 8 ± 1, queue 3 ± 1. */
async function reference() {
  const random = createRandom(1);
  const values = Float32Array.from({ length: 3_000 }, (_, cell) => {
    return [50, 8, 3][cell % 3] + [5, 1, 1][cell % 3] * normal(random);
  });
  const raw = { columnCount: 3, values };
  const rows = Int32Array.from({ length: 1_000 }, (_, row) => row);
  const labels = new Int32Array(1_000);
  return {
    kpis: await fitReference(raw, rows, labels, 3),
    normalRanges: await fitNormalRanges(raw, rows, labels, classes),
    conformal: { coverage: 0.9, rows: 0, leastProbability: [0, 0, 0] },
    noveltyLimit: null,
    baseline: (await fitBaseline(raw, rows, "normal"))!,
  };
}

let model: OpenModel;
beforeAll(async () => {
  model = await openSoftmaxModel(features, classes, [], await reference());
});
afterAll(() => model.close());

/** The disk of n2 is slow and its queue long; every other number is at its mean. */
const rowText = (row: number) => `r${row},n${row % 3},50,${row % 3 === 2 ? "20,12" : "8,3"}\n`;
const file = (rows: number) => header + Array.from({ length: rows }, (_, row) => rowText(row)).join("");

async function diagnose(content: string, options: Partial<DiagnoseOptions> = {}) {
  const chunks: Uint8Array[] = [];
  const onResults = (bytes: Uint8Array) => void chunks.push(bytes);
  const found = await diagnoseCsv(byteChunks(content), model, { onResults, ...options });
  return { lines: Buffer.concat(chunks).toString().trimEnd().split("\n"), summary: found.summary() };
}

test("each row has its KPIs beyond the threshold and its verdict, each node its health", async () => {
  const { lines, summary } = await diagnose(file(90));
  expect(lines[0]).toMatch(/p_crowded,kpis_beyond,anomalous$/);
  expect(lines.slice(1, 4).map((line) => line.split(",").slice(-2).join())).toEqual(["0,0", "0,0", "2,1"]);
  expect(DiagnosisSummary.parse(summary)).toEqual(summary);
  expect(summary.anomalies).toMatchObject({ threshold: 3, source: "normal", rows: 30 });
  expect(summary.anomalies?.kpis).toEqual([
    { name: "disk", rows: 30 },
    { name: "queue", rows: 30 },
  ]);
  expect(summary.health).toMatchObject({ kpis: 3, healthyNodes: 2 });
  expect(summary.health?.nodes.map(({ node, healthy, outsideKpis }) => [node, healthy, outsideKpis])).toEqual([
    ["n0", true, 0],
    ["n1", true, 0],
    ["n2", false, 2],
  ]);
});

test("the threshold is the order's", async () => {
  const { summary } = await diagnose(`${header}r0,n0,50,12.5,3\n`, { anomalyThreshold: 6 });
  expect(summary.anomalies).toMatchObject({ threshold: 6, kpis: [] });
  expect((await diagnose(`${header}r0,n0,50,12.5,3\n`)).summary.anomalies?.kpis).toEqual([{ name: "disk", rows: 1 }]);
});

test("nodes are told apart by what stands in the file, not by the numbers that it may mean", async () => {
  const { summary } = await diagnose(`${header}r0,1.1,50,8,3\nr1,1.10,50,20,12\n`);
  expect(summary.health?.nodes.map(({ node, rows }) => [node, rows])).toEqual([
    ["1.1", 1],
    ["1.10", 1],
  ]);
});

test("a file without nodes is one", async () => {
  const { summary } = await diagnose("cpu,disk,queue\n50,8,3\n,8,3\n");
  expect(summary.health).toMatchObject({ insideShare: 1, healthyNodes: 1, nodes: [{ node: null, rows: 2 }] });
});

test("a thread that reads ahead tells the same, and so do shards merged in any order", async () => {
  const whole = await diagnose(file(3_000));
  const ahead = await diagnose(file(3_000), { readInWorker: true, rowsPerBatch: 128 });
  expect(ahead.lines).toEqual(whole.lines);
  expect(ahead.summary.health).toEqual(whole.summary.health);
  const parts: DiagnosisAccumulator[] = [];
  for (const [from, to] of [
    [0, 1_100],
    [1_100, 3_000],
  ]) {
    const rows = Array.from({ length: to - from }, (_, place) => rowText(from + place)).join("");
    const origin = { columns: header.trim().split(","), delimiter: ",", firstRow: from + 1 } as const;
    parts.push(await diagnoseShard(byteChunks(rows), origin, model, { onResults: () => {} }));
  }
  const merged = DiagnosisAccumulator.fromJSON(JSON.parse(JSON.stringify(parts[1])));
  merged.merge(JSON.parse(JSON.stringify(parts[0])));
  const byName = ({ health }: DiagnosisSummary) =>
    health?.nodes.toSorted((one, other) => (one.node ?? "").localeCompare(other.node ?? ""));
  expect(merged.summary().anomalies).toEqual(whole.summary.anomalies);
  expect(byName(DiagnosisSummary.parse(merged.summary()))).toEqual(byName(DiagnosisSummary.parse(whole.summary)));
});
