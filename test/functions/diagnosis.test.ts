import { S3Client } from "@aws-sdk/client-s3";
import { Explanations } from "@systemhealer/contract/explanation";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { labelledCsv, readyDatasetOf, wideCsv } from "./fixtures/ready-dataset.ts";
import { mergeResults, planDiagnosis, workOnDiagnosis, workOnTraining } from "./fixtures/run-work.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const settings = {
  learner: { learner: "mlp" as const, hiddenUnits: [12], epochs: 40, learningRate: 0.01 },
  selection: "none" as const,
};

describe("from a model to a diagnosis", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let rows: typeof import("../../functions/inference/rows.ts").handler;
  let shard: typeof import("../../functions/inference/shard.ts").handler;
  let datasetId: string;

  beforeAll(async () => {
    system = await testSystem({ maxRowsPerRequest: 10 });
    api = (await import("../../functions/api/main.ts")).handler;
    rows = (await import("../../functions/inference/rows.ts")).handler;
    shard = (await import("../../functions/inference/shard.ts")).handler;
    datasetId = await readyDatasetOf(system, labelledCsv(600));
    const { runId } = (await call(api, "createTrainingRun", { body: { datasetId, settings } })).body;
    await workOnTraining(system, runId);
  });
  afterAll(() => system.close());

  it("rows are diagnosed at once, in their order, by name", async () => {
    const body = {
      rows: [
        { net: 0, disk: 9, cpu: 1, other: 5 },
        { cpu: 2, disk: 0.1 },
        { cpu: null, disk: 0, net: 0 },
      ],
    };
    const { status, body: answer } = await call(rows, "diagnoseRows", { body });
    expect(status).toBe(200);
    expect(answer.columns).toEqual({ missing: [], unknown: ["other"] });
    expect(answer.rows.map(({ diagnosis }: { diagnosis: string }) => diagnosis).slice(0, 2)).toEqual(["2", "3"]);
    const sums = answer.rows.map(({ probabilities }: { probabilities: number[] }) =>
      probabilities.reduce((sum, value) => sum + value, 0),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
    for (const { set } of answer.rows) for (const name of set) expect(answer.classes).toContain(name);
    const wild = await call(rows, "diagnoseRows", { body: { rows: [{ net: 0, disk: -5_000, cpu: 1 }] } });
    expect(wild.body.rows[0].outOfRange[0]).toMatchObject({ name: "disk", value: -5_000, direction: "below" });
    const { anomaly } = wild.body.rows[0];
    expect(anomaly).toMatchObject({ anomalous: true, threshold: 3, kpisBeyond: 1, source: null });
    expect(anomaly.kpis[0]).toMatchObject({ name: "disk", value: -5_000 });
    expect(anomaly.kpis[0].z).toBeLessThan(-3);
    expect(answer.rows[0].anomaly).toMatchObject({ anomalous: false, kpis: [] });
    const strict = { anomalyThreshold: 1, rows: body.rows };
    const { body: stricter } = await call(rows, "diagnoseRows", { body: strict });
    expect(stricter.rows[0].anomaly.threshold).toBe(1);
    expect(stricter.rows[0].anomaly.expectedKpis).toBeGreaterThan(answer.rows[0].anomaly.expectedKpis);
    const never = { anomalyThreshold: 0.5, rows: body.rows };
    expect(await call(rows, "diagnoseRows", { body: never })).toMatchObject({ status: 400 });
    const many = await call(rows, "diagnoseRows", { body: { rows: new Array(11).fill({ cpu: 1 }) } });
    expect(many.body).toMatchObject({ code: "too-many-rows-at-once", parameters: { found: 11, expected: 10 } });
    const strangers = await call(rows, "diagnoseRows", { body: { rows: [{ rain: 1, net: 1 }] } });
    expect(strangers).toMatchObject({ status: 400, body: { code: "columns-do-not-match" } });
    const elsewhere = await call(rows, "diagnoseRows", { body }, { workspaceId: "w-other" });
    expect(elsewhere).toMatchObject({ status: 409, body: { code: "no-active-model" } });
  });

  it("rows are explained where it is asked for, and told to be unknown where they are", async () => {
    const strangers = [
      { net: 0, disk: 9, cpu: 1 },
      { net: 0, disk: null, cpu: -90 },
    ];
    const { body } = await call(rows, "diagnoseRows", { body: { explain: true, rows: strangers } });
    const [known, strange] = body.rows;
    expect(known).toMatchObject({ diagnosis: "2", unknown: false, explanation: { class: "2" } });
    expect(strange).toMatchObject({ unknown: true });
    expect(strange.novelty).toBeGreaterThan(known.novelty);
    for (const { explanation } of body.rows) {
      const { baseline, score, kpis } = explanation;
      const sum = kpis.reduce((total: number, kpi: { contribution: number }) => total + kpi.contribution, baseline);
      expect(sum).toBeCloseTo(score, 5);
    }
    expect(known.explanation.kpis[0]).toMatchObject({ name: "disk", value: 9 });
    expect(strange.explanation.kpis.find(({ name }: { name: string }) => name === "cpu").direction).toBe("below");
  });

  it("a file whose explanation was asked for has one per row, as JSON and CSV", async () => {
    const fileId = await readyDatasetOf(system, labelledCsv(150), { purpose: "diagnosis" });
    const { body: created } = await call(api, "createDiagnosisRun", { body: { datasetId: fileId, explain: true } });
    const { runId } = created;
    await workOnDiagnosis(runId);
    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({ status: "succeeded", explain: true });
    const get = async (artefact: "explanations.json" | "explanations.csv") => {
      const { body } = await call(api, "downloadRun", { runId, body: { artefact } });
      return (await fetch(body.url)).text();
    };
    const explanations = Explanations.parse(JSON.parse(await get("explanations.json")));
    expect(explanations.rows.map(({ row }) => row)).toEqual(Array.from({ length: 150 }, (_, row) => row + 1));
    expect(explanations.rows[4]).toMatchObject({ id: "5", class: "2" });
    expect(explanations.rows[4]!.kpis.map(({ name }) => name)).toContain("disk");
    expect((await get("explanations.csv")).split("\n")[1]).toMatch(/^1,1,\d,[^,]+,[^,]+,sampled-shapley,1,/);
  });

  it("a shard keeps a quarter of its time for the rows that are only diagnosed, and says how many it explained", async () => {
    const fileId = await readyDatasetOf(system, labelledCsv(150), { purpose: "diagnosis" });
    const { runId } = (await call(api, "createDiagnosisRun", { body: { datasetId: fileId, explain: true } })).body;
    const { shards } = await planDiagnosis(runId);
    let remaining = 1_100;
    const getRemainingTimeInMillis = () => {
      remaining -= 100;
      return remaining;
    };
    await shard(shards[0]!, { getRemainingTimeInMillis });
    await mergeResults(runId);
    // Seven times 16 rows from 900 ms to 300 ms: less than 250 ms are kept.
    const { body: summary } = await call(api, "getRunSummary", { runId });
    expect(summary).toMatchObject({ rows: 150, explainedRows: 7 * 16 });
  });

  it("a file is diagnosed by shards and merged in the order of its rows", async () => {
    const count = 60_000;
    const file = wideCsv(count);
    const fileId = await readyDatasetOf(system, file, { purpose: "diagnosis" });
    const { body: created } = await call(api, "createDiagnosisRun", { body: { datasetId: fileId } });
    const { runId, modelId } = created;
    const { shards } = await planDiagnosis(runId);
    expect(shards.length).toBeGreaterThan(1);
    expect((await planDiagnosis(runId)).shards).toEqual(shards);
    for (const each of [...shards].reverse()) await shard(each);
    await shard(shards[0]!);
    expect((await call(api, "getRun", { runId })).body.progress).toMatchObject({ stage: "diagnosing", fraction: 1 });
    expect((await call(api, "getRunSummary", { runId })).body.code).toBe("run-has-no-results");
    expect((await system.models.get(workspaceId, modelId)).usedBy).toContain(runId);
    await mergeResults(runId);
    await mergeResults(runId);

    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({ status: "succeeded", result: { rows: count } });
    const { body: summary } = await call(api, "getRunSummary", { runId });
    expect(summary).toMatchObject({ rows: count, evaluation: { rows: count } });
    expect(summary.evaluation.macroF1).toBeGreaterThan(0.9);
    expect(summary.shift).toMatchObject({ sampledRows: 2_048, kpis: 3 });
    const get = async (artefact: "results.csv" | "results.json") => {
      const { body } = await call(api, "downloadRun", { runId, body: { artefact } });
      return (await fetch(body.url)).text();
    };
    const lines = (await get("results.csv")).trimEnd().split("\n");
    expect(lines[0]).toBe("row,sample_id,diagnosis,confidence,p_1,p_2,p_3,novelty,unknown,kpis_beyond,anomalous");
    expect(lines.length).toBe(count + 1);
    expect(lines.every((line, index) => index === 0 || line.startsWith(`${index},${index},`))).toBe(true);
    const cells = lines.slice(1).map((line) => line.split(","));
    const unknown = cells.filter((row) => row[7 + 1] === "1").length;
    expect(summary.unknownRows).toBe(unknown);
    expect(summary.anomalies).toMatchObject({ threshold: 3, source: null, chanceShare: 0.01 });
    expect(summary.anomalies.rows).toBe(cells.filter((row) => row.at(-1) === "1").length);
    expect(summary.anomalies.rows / count).toBeLessThan(0.05);
    expect(summary.health).toMatchObject({ kpis: 3, healthyNodes: 1, nodes: [{ node: null, healthy: true }] });
    const strays = await call(api, "getRunResults", { runId, query: { anomalous: "true", limit: 5 } });
    for (const item of strays.body.items) expect(item).toMatchObject({ anomalous: true });
    expect(unknown / count).toBeLessThan(0.1);
    const { body: sample } = await call(api, "getRunSample", { runId });
    expect(sample).toMatchObject({ rows: count, classes: ["1", "2", "3"] });
    expect(sample.points).toHaveLength(2_000);
    expect(sample.kpis).toEqual(expect.arrayContaining(["cpu", "disk"]));
    const index = JSON.parse(
      Buffer.from(await system.objects.readBytes(`runs/${workspaceId}/${runId}/results-index.json`, 1e6)).toString(),
    );
    expect(index).toMatchObject({ schema: "results-index.v1", rows: count, every: 1_000 });
    const at = index.offsets[7];
    expect(
      Buffer.from(lines.join("\n"))
        .subarray(at, at + 10)
        .toString(),
    ).toBe("7001,7001,");
    const json = JSON.parse(await get("results.json")) as Record<string, number>;
    expect(Object.keys(json).length).toBe(count);
    expect(json["2"]).toBe(2);
    expect((await system.models.get(workspaceId, modelId)).usedBy).not.toContain(runId);
    await expect(system.objects.head(`shards/${workspaceId}/${runId}/00000.csv`)).rejects.toThrow();
  }, 60_000);

  it("a file whose columns are others is refused before any shard runs", async () => {
    const fileId = await readyDatasetOf(system, labelledCsv(9, "sample_id,a,b,net,label"), { purpose: "diagnosis" });
    const { body: created } = await call(api, "createDiagnosisRun", { body: { datasetId: fileId } });
    await expect(planDiagnosis(created.runId)).rejects.toThrow("columns-do-not-match");
    const { body: run } = await call(api, "getRun", { runId: created.runId });
    expect(run).toMatchObject({ status: "failed", failure: { code: "columns-do-not-match" } });
    expect(run.failure.parameters).toMatchObject({ found: 1, expected: 3, missing: "cpu, disk" });
  });

  it("a damaged model is not used", async () => {
    const { modelId } = (await call(api, "listModels", {})).body.items[0];
    const model = await system.models.get(workspaceId, modelId);
    const key = model.artefacts.find(({ name }) => name === "model.onnx")!.objectKey;
    const bytes = await system.objects.readBytes(key, 10 ** 8);
    const { ModelCache } = await import("../../functions/inference/model-cache.ts");
    const damaged = Uint8Array.from(bytes, (byte, index) => (index === 1000 ? byte ^ 1 : byte));
    await system.objects.write(key, damaged, "application/octet-stream");
    await expect(new ModelCache(system.objects).get(model)).rejects.toMatchObject({ code: "model-unusable" });
    await system.objects.write(key, bytes, "application/octet-stream");
    const opened = await new ModelCache(system.objects).get(model);
    expect(opened.card.classes).toEqual(["1", "2", "3"]);
    await opened.close();
  });

  it("a file that was taken out of the bucket, or a model's card, fails a run with that reason", async () => {
    const goneId = await readyDatasetOf(system, labelledCsv(60));
    const asked = await call(api, "createDiagnosisRun", { body: { datasetId: goneId } });
    const { shards } = await planDiagnosis(asked.body.runId);
    await system.objects.delete(`uploads/w-test/${goneId}/source`);
    await expect(shard(shards[0]!)).rejects.toMatchObject({ code: "data-changed" });
    const { runId } = (await call(api, "createTrainingRun", { body: { datasetId: goneId, settings } })).body;
    await expect(workOnTraining(system, runId)).rejects.toMatchObject({ code: "data-changed" });
    for (const id of [asked.body.runId, runId])
      expect(await system.runs.get(workspaceId, id)).toMatchObject({ failure: { code: "data-changed" } });

    const { artefacts } = await system.models.get(workspaceId, asked.body.modelId);
    const cardKey = artefacts.find(({ name }) => name === "model-card.json")!.objectKey;
    const card = await system.objects.readBytes(cardKey, 10 ** 6);
    for (const [damage, reason] of [
      [() => system.objects.delete(cardKey), "artefact-missing"],
      [() => system.objects.write(cardKey, Buffer.from("{"), "application/json"), "artefact-changed"],
    ] as const) {
      await system.objects.write(cardKey, card, "application/json");
      const { body } = await call(api, "createDiagnosisRun", { body: { datasetId } });
      await damage();
      expect(await call(api, "createDiagnosisRun", { body: { datasetId } })).toMatchObject({
        status: 409,
        body: { code: "file-lost", parameters: { name: "model-card.json" } },
      });
      await expect(planDiagnosis(body.runId)).rejects.toThrow("model-unusable");
      const { failure } = (await call(api, "getRun", { runId: body.runId })).body;
      expect(failure).toMatchObject({ code: "model-unusable", parameters: { reason, name: "model-card.json" } });
    }
    await system.objects.write(cardKey, card, "application/json");
  });

  it("a diagnosis that is cancelled while its results are merged keeps none", async () => {
    const { runId } = (await call(api, "createDiagnosisRun", { body: { datasetId } })).body;
    for (const each of (await planDiagnosis(runId)).shards) await shard(each);
    const results = `runs/${workspaceId}/${runId}/results.csv`;
    const send = S3Client.prototype.send as (command: { input: { Key?: string } }) => Promise<unknown>;
    const spy = vi.spyOn(S3Client.prototype, "send").mockImplementation(async function (this: S3Client, command) {
      const { Key } = command.input as { Key?: string };
      if (Key?.endsWith(`${runId}/summary.json`)) {
        await system.objects.head(results);
        expect((await call(api, "cancelRun", { runId })).body.status).toBe("cancelled");
      }
      return send.call(this, command as never);
    });
    await mergeResults(runId);
    spy.mockRestore();
    await expect(system.objects.head(results)).rejects.toThrow("object-not-found");
    await expect(system.objects.head(`shards/${workspaceId}/${runId}/00000.csv`)).rejects.toThrow("object-not-found");
  });
});
