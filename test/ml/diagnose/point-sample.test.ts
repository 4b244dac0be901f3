import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diagnoseCsv, diagnoseShard } from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { DiagnosisAccumulator } from "../../../packages/ml/src/diagnose/diagnosis-accumulator.ts";
import type { OpenModel } from "../../../packages/ml/src/diagnose/model.ts";
import { fitReference } from "../../../packages/ml/src/honesty/reference.ts";
import { encodeMap } from "../../../packages/ml/src/map/map-model.ts";
import { logPlane } from "../fixtures/log-plane.ts";
import { openSoftmaxModel } from "../fixtures/softmax-model.ts";
import { byteChunks } from "../table/byte-chunks.ts";

const features = ["noise", "telling", "constant"];
const header = `id,${features.join()}\n`;

async function reference() {
  const labels = Int32Array.from({ length: 300 }, (_, row) => row % 3);
  const values = Float32Array.from({ length: 900 }, (_, cell) => {
    const row = Math.floor(cell / 3);
    return [(row * 7) % 10, labels[row], 1][cell % 3];
  });
  const kpis = await fitReference({ columnCount: 3, values }, Int32Array.from(labels.keys()), labels, 3);
  const conformal = { coverage: 0.9, rows: 0, leastProbability: [0, 0, 0] };
  return { kpis, normalRanges: { source: null, ranges: [null, null, null] }, conformal, noveltyLimit: 5 };
}

/** The axes are the logarithms of noise and telling. */
const map = encodeMap({ method: "pca", ...logPlane([0, 1]) });

let model: OpenModel;
beforeAll(async () => {
  model = await openSoftmaxModel(features, ["0", "1", "2"], [], await reference(), { "systemhealer.map": map });
});
afterAll(() => model.close());

const rowText = (row: number) => `n${row},${row % 7},${row % 5 === 0 ? "" : row % 4},${row % 100 === 0 ? 9 : 1}\n`;

async function diagnose(content: string) {
  const chunks: Uint8Array[] = [];
  const onResults = (bytes: Uint8Array) => void chunks.push(bytes);
  const found = await diagnoseCsv(byteChunks(content), model, { onResults });
  return { found, csv: Buffer.concat(chunks).toString() };
}

test("a small file is drawn whole: KPIs that tell most first, gaps, places on the map", async () => {
  const { found } = await diagnose(header + [100, 2, 5].map(rowText).join(""));
  const sample = DiagnosisSample.parse(found.sample());
  expect(sample).toMatchObject({ rows: 3, classes: ["0", "1", "2"], kpis: ["telling", "noise", "constant"] });
  expect(sample.points.map(({ row, id, values }) => ({ row, id, values }))).toEqual([
    { row: 1, id: "n100", values: [null, 2, 9] },
    { row: 2, id: "n2", values: [2, 2, 1] },
    { row: 3, id: "n5", values: [null, 5, 1] },
  ]);
  expect(sample.points[0]).toMatchObject({ diagnosis: -1, novelty: 9 });
  expect(sample.points[1]).toMatchObject({ novelty: 2 });
  expect(sample.points[0].x).toBe(sample.points[1].x);
  expect(sample.points[0].x).not.toBe(sample.points[2].x);
  expect(found.summary().samplePoints).toBe(3);
});

test("rows above the model's limit of novelty are unknown, in results and summary", async () => {
  const { found, csv } = await diagnose(`a,${features.join()}\n1,1,2,1\n2,-3,-7.25,-4\n3,5.5,1,1\n`);
  const lines = csv.trimEnd().split("\n");
  expect(lines[0]).toMatch(/p_2,novelty,unknown$/);
  expect(lines.slice(1).map((line) => line.split(",").slice(-2))).toEqual([
    ["2.0000", "0"],
    ["-3.0000", "0"],
    ["5.5000", "1"],
  ]);
  const summary = DiagnosisSummary.parse(found.summary());
  expect(summary.unknownRows).toBe(1);
  expect(summary.unknownByClass).toEqual([
    { name: "0", rows: 1 },
    { name: "1", rows: 0 },
    { name: "2", rows: 0 },
  ]);
});

test("of a large file 2,000 rows are drawn, the same ones however it is cut", async () => {
  const count = 9_000;
  const rows = Array.from({ length: count }, (_, i) => rowText(i + 1));
  const whole = (await diagnose(header + rows.join(""))).found;
  const sample = DiagnosisSample.parse(whole.sample());
  expect(sample.points).toHaveLength(2_000);
  const mean = sample.points.reduce((sum, { row }) => sum + row, 0) / 2_000;
  expect(mean).toBeGreaterThan(0.47 * count);
  expect(mean).toBeLessThan(0.53 * count);

  let merged: DiagnosisAccumulator | undefined;
  for (const [first, end] of [
    [4_000, 9_000],
    [0, 700],
    [700, 4_000],
  ]) {
    const origin = { columns: header.trim().split(","), delimiter: "," as const, firstRow: first + 1 };
    const bytes = byteChunks(rows.slice(first, end).join(""));
    const part = JSON.parse(JSON.stringify(await diagnoseShard(bytes, origin, model, { onResults: () => {} })));
    if (merged) merged.merge(part);
    else merged = DiagnosisAccumulator.fromJSON(part);
  }
  expect(merged?.sample()).toEqual(sample);
  expect(merged?.summary().unknownRows).toBe(whole.summary().unknownRows);
});
