import { createHash } from "node:crypto";
import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import type { OperationOutput } from "@systemhealer/contract/operations";
import type { RunView } from "@systemhealer/contract/run";
import { uploadDataset } from "@systemhealer/contract/upload";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { readTable } from "@systemhealer/ml/table/read-table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MainJobData, mainJobData, sourceOf } from "./support/data.ts";
import { refusal } from "./support/refusal.ts";
import { bootStack, type TestStack } from "./support/stack.ts";
import { colleague, signUp } from "./support/user.ts";
import { ended, validated } from "./support/wait.ts";

const chunks = async function* (bytes: Uint8Array) {
  yield bytes;
};

async function fetchAll(download: OperationOutput<"downloadRun">): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(download.url);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-disposition")).toContain(download.fileName);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(download.sha256);
  expect(bytes.length).toBe(download.sizeBytes);
  return bytes;
}

let test: TestStack;
let client: Client;
let data: MainJobData;

beforeAll(async () => {
  test = await bootStack();
  client = await signUp(test, "reliability@example.com");
  data = await mainJobData();
  console.info(`The main job runs on the ${data.origin}'s data.`);
}, 300_000);

afterAll(async () => {
  await test?.[Symbol.asyncDispose]();
});

describe("the main job, through the API with a signed-in user", () => {
  let training: DatasetView;
  let trained: Extract<RunView, { kind: "training"; status: "succeeded" }>;
  let model: Uint8Array;

  it("gives whoever signs up a workspace of their own", async () => {
    expect(await client.call("getSession", {})).toMatchObject({
      email: "reliability@example.com",
      role: "admin",
      activeModelId: null,
    });
  });

  it("takes a file in parts and makes it a data set", async () => {
    const order = { fileName: "train.csv", purpose: "training" } as const;
    const { datasetId } = await uploadDataset(client, sourceOf(data.training), order);
    expect((await client.call("listDatasets", {})).items).toEqual([]);
    training = await validated(client, datasetId);
    expect(training).toMatchObject({ status: "ready", featureCount: 107, sizeBytes: data.training.length });
    const profile = await client.call("getDatasetProfile", { datasetId });
    expect(profile.features.map((f) => f.name)).toEqual(Array.from({ length: 107 }, (_, i) => `feature${i}`));
    expect(profile.classes.map((c) => c.name)).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(profile.sha256).toBe(createHash("sha256").update(data.training).digest("hex"));
    expect((await client.call("listDatasets", {})).items.map((d) => d.datasetId)).toEqual([datasetId]);
  });

  it("trains a model on it, with progress to be seen", { timeout: 600_000 }, async () => {
    const { runId } = await client.call("createTrainingRun", {
      body: { datasetId: training.datasetId, settings: { learner: { learner: "mlp", epochs: 30 } } },
    });
    const stages = new Set<string>();
    const fractions: number[] = [];
    const end = await ended(client, runId, (run) => {
      if (run.status !== "running") return;
      stages.add(run.progress.stage);
      fractions.push(run.progress.fraction);
    });
    if (end.kind !== "training" || end.status !== "succeeded") throw new Error(JSON.stringify(end));
    trained = end;
    expect(stages).toContain("fitting");
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(end.progress?.curve.length).toBeGreaterThan(5);
    expect(end.attempts).toMatchObject([{ number: 1, outcome: "succeeded" }]);
    expect(end.result.macroF1).toBeGreaterThan(data.leastMacroF1);
  });

  it("shows the summary before the download, measured on rows never seen", async () => {
    const { modelId } = trained.result;
    const { card, report } = await client.call("getModelSummary", { modelId });
    if (!report) throw new Error("the model has no report");
    const { split, preparation } = report;
    expect(report.test.rows).toBe(split.test);
    const rows = training.status === "ready" ? training.rows : 0;
    expect(split.training + split.validation + split.test).toBe(rows - preparation.duplicateRowsDropped);
    expect(report.test.confusion.flat().reduce((a, b) => a + b)).toBe(split.test);
    expect(report.check.maxDifference).toBeLessThan(1e-5);
    expect(report.check.rows).toBe(1_000);
    expect(card.macroF1).toBe(trained.result.macroF1);
    expect((await client.call("getSession", {})).activeModelId).toBe(modelId);
  });

  it("hands out the model, in ranges too, and it works offline", async () => {
    const { modelId } = trained.result;
    const download = await client.call("downloadModel", { modelId, body: { artefact: "model.onnx" } });
    model = await fetchAll(download);
    const part = await fetch(download.url, { headers: { range: "bytes=100-199" } });
    expect(part.status).toBe(206);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(model.slice(100, 200));
    const opened = await openModel(model);
    expect(opened.card.classes).toEqual(["0", "1", "2", "3", "4", "5"]);
    await opened.close();
  });

  it("diagnoses a file and gives the same answers as the model offline", { timeout: 300_000 }, async () => {
    const order = { fileName: "new.csv", purpose: "diagnosis" } as const;
    const { datasetId } = await uploadDataset(client, sourceOf(data.diagnosis), order);
    expect((await validated(client, datasetId)).status).toBe("ready");
    const { runId } = await client.call("createDiagnosisRun", { body: { datasetId } });
    const end = await ended(client, runId);
    expect(end).toMatchObject({ kind: "diagnosis", status: "succeeded", modelId: trained.result.modelId });

    const table = await readTable(chunks(data.diagnosis), { keepSampleIds: true });
    const opened = await openModel(model);
    const probabilities = await opened.predict(table.values, table.rowCount);
    await opened.close();
    const offline = Array.from({ length: table.rowCount }, (_, row) => {
      const own = probabilities.subarray(row * 6, row * 6 + 6);
      return own.indexOf(Math.max(...own));
    });

    const get = async (artefact: "results.csv" | "results.json" | "summary.json") =>
      new TextDecoder().decode(await fetchAll(await client.call("downloadRun", { runId, body: { artefact } })));
    const lines = (await get("results.csv")).trimEnd().split("\n");
    expect(lines[0]).toBe(
      "row,sample_id,diagnosis,confidence,p_0,p_1,p_2,p_3,p_4,p_5,novelty,unknown,kpis_beyond,anomalous",
    );
    const rows = lines.slice(1).map((line) => line.trim().split(","));
    expect(rows.map((row) => Number(row[0]))).toEqual(Array.from({ length: table.rowCount }, (_, i) => i + 1));
    expect(rows.map((row) => row[1])).toEqual(table.sampleIds);
    expect(rows.map((row) => Number(row[2]))).toEqual(offline);
    const results = JSON.parse(await get("results.json")) as Record<string, number>;
    expect(table.sampleIds!.map((id) => results[id])).toEqual(offline);
    const summary = JSON.parse(await get("summary.json"));
    expect(summary).toEqual(await client.call("getRunSummary", { runId }));
    expect(summary).toMatchObject({
      schema: "summary.v1",
      rows: table.rowCount,
      columns: { missing: [], unknown: [] },
    });
    expect(summary.evaluation.rows).toBe(table.rowCount);
  });

  it("diagnoses rows at once, by column name, in their order", async () => {
    const table = await readTable(chunks(data.diagnosis));
    const width = table.featureNames.length;
    const rows = Array.from({ length: 5 }, (_, row) =>
      Object.fromEntries(
        table.featureNames
          .map((name, column) => [name, table.values[row * width + column]!] as const)
          .filter(([, value]) => !Number.isNaN(value))
          .reverse(),
      ),
    );
    const answer = await client.call("diagnoseRows", { body: { rows: rows.map((r) => ({ ...r, stranger: 1 })) } });
    expect(answer.columns).toEqual({ missing: [], unknown: ["stranger"] });
    const opened = await openModel(model);
    const expected = await opened.predict(table.values.slice(0, 5 * width), 5);
    await opened.close();
    for (const [i, row] of answer.rows.entries()) {
      for (const [k, p] of row.probabilities.entries()) expect(p).toBeCloseTo(expected[i * 6 + k]!, 6);
      expect(row.confidence).toBe(Math.max(...row.probabilities));
    }
  });

  it("does not let go what is in use, and names the user", async () => {
    const { modelId } = trained.result;
    expect(await refusal(client.call("deleteDataset", { datasetId: training.datasetId }))).toMatchObject({
      status: 409,
      detail: expect.stringContaining(modelId),
    });
    expect(await refusal(client.call("deleteModel", { modelId }))).toMatchObject({ status: 409, code: "model-active" });
  });

  it("shows nothing of it to another workspace", async () => {
    const stranger = await signUp(test, "stranger@example.com");
    expect((await stranger.call("listRuns", {})).items).toEqual([]);
    const { modelId } = trained.result;
    const { runId } = trained;
    for (const call of [
      () => stranger.call("getRun", { runId }),
      () => stranger.call("getDataset", { datasetId: training.datasetId }),
      () => stranger.call("getModel", { modelId }),
      () => stranger.call("downloadModel", { modelId, body: { artefact: "model.onnx" } }),
      () => stranger.call("createTrainingRun", { body: { datasetId: training.datasetId } }),
      () => stranger.call("diagnoseRows", { body: { modelId, rows: [{ feature0: 1 }] } }),
      () => stranger.call("deleteDataset", { datasetId: training.datasetId }),
    ]) {
      expect((await refusal(call())).status).toBe(404);
    }
  });

  it("lets a viewer look and download, and nothing else", async () => {
    const { workspaceId } = await client.call("getSession", {});
    const viewer = await colleague(test, workspaceId, "viewer");
    const { modelId } = trained.result;
    expect((await viewer.call("getRun", { runId: trained.runId })).status).toBe("succeeded");
    await viewer.call("downloadModel", { modelId, body: { artefact: "report.json" } });
    for (const call of [
      () => viewer.call("createTrainingRun", { body: { datasetId: training.datasetId } }),
      () => viewer.call("createDataset", { body: { fileName: "x.csv", purpose: "training", sizeBytes: 1 } }),
      () => viewer.call("deleteModel", { modelId }),
      () => viewer.call("cancelRun", { runId: trained.runId }),
    ]) {
      expect(await refusal(call())).toMatchObject({ status: 403, code: "role-too-low" });
    }
  });
});

describe("a file that cannot be used", () => {
  it("becomes no data set, and its report names row, column, found and expected", async () => {
    const text = "sample_id,cpu,disk,label\n1,0.5,3,a\n2,high,4,b\n3,0.7,,a\n4,0.2,9\n";
    const source = sourceOf(new TextEncoder().encode(text));
    const { datasetId } = await uploadDataset(client, source, { fileName: "bad.csv", purpose: "training" });
    expect(await validated(client, datasetId)).toMatchObject({ status: "rejected" });
    const report = await client.call("getDatasetReport", { datasetId });
    expect(report.findings).toContainEqual({
      code: "not-a-number",
      row: 2,
      column: "cpu",
      found: "high",
      expected: expect.any(String),
    });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "too-few-cells", row: 4, found: "3", expected: "4" }),
    );
    expect((await client.call("listDatasets", {})).items.map((d) => d.datasetId)).not.toContain(datasetId);
    expect(await refusal(client.call("createTrainingRun", { body: { datasetId } }))).toMatchObject({ status: 409 });
    await client.call("deleteDataset", { datasetId });
    expect((await refusal(client.call("getDataset", { datasetId }))).status).toBe(404);
  });
});
