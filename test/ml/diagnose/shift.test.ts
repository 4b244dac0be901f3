import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { diagnoseCsv, diagnoseShard, shiftBasis } from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { DiagnosisAccumulator } from "../../../packages/ml/src/diagnose/diagnosis-accumulator.ts";
import type { OpenModel } from "../../../packages/ml/src/diagnose/model.ts";
import { ModelFileError } from "../../../packages/ml/src/diagnose/model-file-error.ts";
import { fitReference } from "../../../packages/ml/src/honesty/reference.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { openSoftmaxModel } from "../fixtures/softmax-model.ts";
import { normal } from "../fixtures/synthetic-table.ts";
import { byteChunks } from "../table/byte-chunks.ts";

const features = ["a", "b", "c"];
const classes = ["0", "1", "2"];

/** @param distance of a class's own KPI; at 1 the model's probabilities are those of the rows' origin */
function drawRows(count: number, seed: number, move = 0, distance = 4) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: count }, () => random.below(3));
  const values = new Float32Array(3 * count).map(
    (_, cell) => normal(random) + move + (cell % 3 === labels[Math.floor(cell / 3)] ? distance : 0),
  );
  return { labels, values };
}

function csv({ labels, values }: ReturnType<typeof drawRows>): string {
  const rows = Array.from(labels, (label, row) => `${values.subarray(3 * row, 3 * row + 3).join()},${label}\n`);
  return `${features.join()},label\n${rows.join("")}`;
}

async function trained() {
  const { labels, values } = drawRows(3_000, 1);
  const kpis = await fitReference({ columnCount: 3, values }, Int32Array.from(labels.keys()), labels, 3);
  const ranges = features.map(() => ({ low: -3, median: 0, high: 7 }));
  const conformal = { coverage: 0.9, rows: 0, leastProbability: [0, 0, 0] };
  return { kpis, normalRanges: { source: null, ranges }, conformal, noveltyLimit: null };
}

let model: OpenModel;
beforeAll(async () => {
  model = await openSoftmaxModel(features, classes, [], await trained());
});
afterAll(() => model.close());

const diagnose = (content: string) => diagnoseCsv(byteChunks(content), model, { onResults: () => {} });

test("a file of the training's origin is the same, one from elsewhere is another", async () => {
  const same = (await diagnose(csv(drawRows(500, 2)))).summary();
  expect(same.shift).toMatchObject({ verdict: "same", kpis: 3, shifted: 0, sampledRows: 500 });
  const other = (await diagnose(csv(drawRows(500, 3, 9)))).summary();
  expect(other.shift).toMatchObject({ verdict: "other", kpis: 3, shifted: 3 });
  for (const summary of [same, other]) expect(DiagnosisSummary.parse(summary)).toEqual(summary);
});

test("the confidence is compared with the labels", async () => {
  const { evaluation } = (await diagnose(csv(drawRows(2_000, 4, 0, 1)))).summary();
  expect(evaluation?.accuracy).toBeGreaterThan(0.5);
  expect(evaluation?.ece).toBeLessThan(0.05);
  const unsure = (await diagnose(csv(drawRows(2_000, 4)))).summary();
  expect(unsure.evaluation?.ece).toBeGreaterThan(0.05);
});

test("a column that the file lacks is not compared", async () => {
  const content = csv(drawRows(500, 5)).replace("a,b,c", "a,b,elsewhere");
  expect((await diagnose(content)).summary().shift).toMatchObject({ kpis: 2, verdict: "same" });
});

test("shards, merged from JSON, tell the shift of the file", async () => {
  const content = csv(drawRows(6_000, 6, 0.4));
  const whole = await diagnose(content);
  const [header = "", ...lines] = content.trimEnd().split("\n");
  const parts: DiagnosisAccumulator[] = [];
  for (let first = 0; first < lines.length; first += 2_500) {
    const bytes = byteChunks(`${lines.slice(first, first + 2_500).join("\n")}\n`);
    const origin = { columns: header.split(","), delimiter: "," as const, firstRow: first + 1 };
    parts.push(await diagnoseShard(bytes, origin, model, { onResults: () => {} }));
  }
  const [last, ...others] = parts.reverse().map((part) => JSON.parse(JSON.stringify(part)));
  const merged = DiagnosisAccumulator.fromJSON(last, shiftBasis(model));
  for (const part of others) merged.merge(part);
  expect(merged.summary().shift).toEqual(whole.summary().shift);
});

test("a model that tells nothing of its training gives no shift", async () => {
  const silent = await openSoftmaxModel(features, classes);
  const found = await diagnoseCsv(byteChunks(csv(drawRows(20, 7))), silent, { onResults: () => {} });
  await silent.close();
  expect(found.summary()).not.toHaveProperty("shift");
});

test("a reference of other features is refused", async () => {
  const reference = await trained();
  await expect(openSoftmaxModel(features, classes, ["spare"], reference)).rejects.toThrow(ModelFileError);
});
