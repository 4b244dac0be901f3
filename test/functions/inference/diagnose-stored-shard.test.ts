import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { shardKey } from "@systemhealer/domain/object-keys";
import { diagnoseCsv } from "@systemhealer/ml/diagnose/diagnose-csv";
import { DiagnosisAccumulator } from "@systemhealer/ml/diagnose/diagnosis-accumulator";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { openExplainer } from "@systemhealer/ml/explain/open-explainer";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { readTable } from "@systemhealer/ml/table/read-table";
import { validateTable } from "@systemhealer/ml/validate/validate-table";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { expect, onTestFinished, test } from "vitest";
import { diagnoseStoredShard, type StoredShard } from "../../../functions/inference/diagnose-stored-shard.ts";
import { bucket, localBucket } from "../../platform/fixtures/local-bucket.ts";

/** Rows of two nodes that tell most by the rows before them. */
function waves(steps: number): Buffer {
  const rows = Array.from({ length: 2 * steps }, (_, row) => {
    const [node, step] = [row % 2, Math.floor(row / 2)];
    const rising = Math.floor(step / 6) % 2;
    const place = step % 6;
    return `${step},n${node},${rising ? place : 5 - place},${(row * 7) % 13},${rising ? "up" : "down"}\n`;
  });
  return Buffer.from(`time,node,level,other,label\n${rows.join("")}`);
}

async function* chunks(bytes: Uint8Array) {
  yield bytes;
}

test("a shard of a model for windows looks back on the range before it, as the whole file does", {
  timeout: 60_000,
}, async () => {
  const local = await localBucket();
  onTestFinished(() => local.close());
  const objects = s3ObjectStore(bucket, local.client);
  const settings = TrainingSettings.parse({ learner: { learner: "gru", units: 6, window: 4, epochs: 3 }, map: "none" });
  const table = await readTable(chunks(waves(150)), { keepSeries: true });
  const model = await openModel((await trainModel(table, settings, { trainingFileSha256: "" })).onnx);
  onTestFinished(() => model.close());

  const bytes = waves(60);
  const validated = await validateTable(chunks(bytes), {
    purpose: "diagnosis",
    fileName: "waves.csv",
    rangeBytes: 512,
  });
  if (!validated.ok) throw new Error("the file is valid");
  const { ranges } = validated.profile;
  expect(ranges.length).toBeGreaterThan(2);
  const { etag } = await objects.write("data.csv", bytes, "text/csv");
  await objects.write("profile.json", Buffer.from(JSON.stringify(validated.profile)), "application/json");
  const order = {
    run: { workspaceId: "w-1", runId: "run-1" } as StoredShard["run"],
    dataset: { dataKey: "data.csv", objectKey: "data.csv", etag, profileKey: "profile.json" } as StoredShard["dataset"],
    model,
    signal: new AbortController().signal,
  };

  const parts: Uint8Array[] = [];
  for (const shard of ranges.keys()) {
    await diagnoseStoredShard({ objects }, { ...order, shard });
    parts.push(await objects.readBytes(shardKey("w-1", "run-1", shard, "csv"), 1e6));
  }
  const whole: Uint8Array[] = [];
  await diagnoseCsv(chunks(bytes), model, { onResults: (part) => void whole.push(part) });
  const [, ...expected] = Buffer.concat(whole).toString().trimEnd().split("\n");
  expect(Buffer.concat(parts).toString().trimEnd().split("\n")).toEqual(expected);
});

test("a shard explains as many rows as time allows, diagnoses all, and says how many were explained", {
  timeout: 60_000,
}, async () => {
  const local = await localBucket();
  onTestFinished(() => local.close());
  const objects = s3ObjectStore(bucket, local.client);
  const settings = TrainingSettings.parse({ learner: { learner: "linear" }, map: "none" });
  const { onnx } = await trainModel(await readTable(chunks(waves(100))), settings, { trainingFileSha256: "" });
  const model = await openModel(onnx);
  onTestFinished(() => model.close());
  const bytes = waves(60);
  const validated = await validateTable(chunks(bytes), { purpose: "diagnosis" });
  if (!validated.ok) throw new Error("the file is valid");
  const { etag } = await objects.write("data.csv", bytes, "text/csv");
  await objects.write("profile.json", Buffer.from(JSON.stringify(validated.profile)), "application/json");
  let asked = 0;
  await diagnoseStoredShard(
    { objects },
    {
      run: { workspaceId: "w-1", runId: "run-1" } as StoredShard["run"],
      dataset: {
        dataKey: "data.csv",
        objectKey: "data.csv",
        etag,
        profileKey: "profile.json",
      } as StoredShard["dataset"],
      model,
      explainer: openExplainer(onnx, model),
      hasTime: () => ++asked <= 3,
      shard: 0,
      signal: new AbortController().signal,
    },
  );
  const stored = async (extension: "csv" | "json" | "jsonl") =>
    Buffer.from(await objects.readBytes(shardKey("w-1", "run-1", 0, extension), 1e7)).toString();
  const explained = (await stored("jsonl"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).row);
  expect(explained.length).toBeGreaterThan(0);
  expect(explained.length).toBeLessThan(120);
  expect(explained).toEqual(explained.map((_, index) => index + 1));
  expect((await stored("csv")).trimEnd().split("\n")).toHaveLength(120);
  const part = JSON.parse(await stored("json"));
  const summary = DiagnosisSummary.parse(DiagnosisAccumulator.fromJSON(part).summary());
  expect(summary).toMatchObject({ rows: 120, explainedRows: explained.length });
});
