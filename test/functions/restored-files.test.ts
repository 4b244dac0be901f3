import type { Artefact } from "@systemhealer/contract/artefact";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { modelIdOfRun, newRunId } from "@systemhealer/domain/ids";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import { succeedDiagnosis } from "@systemhealer/domain/run";
import { ensureStored } from "@systemhealer/domain/use-cases/ensure-stored";
import { readArtefact } from "@systemhealer/domain/use-cases/read-artefact";
import { dynamoAuditLog } from "@systemhealer/platform/dynamo-audit-log";
import { dynamoTable } from "@systemhealer/platform/dynamo-table";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readModel } from "../../containers/trainer/src/read-model.ts";
import { diagnosis, later, workspaceId } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { workOnDiagnosis, workOnTraining } from "./fixtures/run-work.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const settings = TrainingSettings.parse({ learner: { learner: "linear" }, map: "none" });

describe("a stored file that was lost or damaged", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let rows: typeof import("../../functions/inference/rows.ts").handler;
  let datasetId: string;
  let modelId: string;
  let onnx: Artefact;
  let bytes: Uint8Array;
  beforeAll(async () => {
    system = await testSystem({}, { versioned: true });
    api = (await import("../../functions/api/main.ts")).handler;
    rows = (await import("../../functions/inference/rows.ts")).handler;
    datasetId = await readyDatasetOf(system, labelledCsv(300));
    const { runId } = (await call(api, "createTrainingRun", { body: { datasetId, settings } })).body;
    await workOnTraining(system, runId);
    modelId = modelIdOfRun(runId);
    const { artefacts } = await system.models.get(workspaceId, modelId);
    onnx = artefacts.find(({ name }) => name === "model.onnx")!;
    bytes = await system.objects.readBytes(onnx.objectKey, 10 ** 8);
  });
  afterAll(() => system.close());
  beforeEach(async () => {
    await system.objects.write(onnx.objectKey, bytes, onnx.contentType);
  });

  const damage = async (key = onnx.objectKey) => {
    const { sizeBytes } = await system.objects.head(key);
    await system.objects.write(key, Buffer.alloc(sizeBytes, 1), "application/octet-stream");
  };
  const lose = (key = onnx.objectKey) => system.objects.delete(key);
  const trail = async (): Promise<readonly { operation: string; target: string }[]> =>
    (await call(api, "listAudit", { query: { operation: "restoreFile" } }, { groups: "[admin]" })).body.items;

  it.each([
    ["damaged", damage],
    ["lost", lose],
  ])("is used as a former version has it: %s", async (_, harm) => {
    await harm();
    const diagnosed = await call(rows, "diagnoseRows", { body: { modelId, rows: [{ cpu: 1, disk: 9, net: 0 }] } });
    expect(diagnosed).toMatchObject({ status: 200, body: { rows: [{ diagnosis: "2" }] } });
    expect(Buffer.from(await readModel(system.objects, await system.models.get(workspaceId, modelId)))).toEqual(
      Buffer.from(bytes),
    );
    const read = await readArtefact(system.objects, onnx, 10 ** 8);
    expect(read.formerVersion).toBeDefined();
  });

  it.each([
    ["damaged", damage],
    ["lost", lose],
  ])("is restored when it is asked for, which the answer and the audit trail tell: %s", async (_, harm) => {
    const before = await trail();
    await harm();
    const download = await call(api, "downloadModel", { modelId, body: { artefact: "model.onnx" } });
    expect(download).toMatchObject({ status: 201, body: { restored: true, sha256: onnx.sha256 } });
    const fetched = await fetch(download.body.url);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(bytes));
    expect(fetched.headers.get("content-type")).toBe(onnx.contentType);
    const [entry, ...older] = await trail();
    expect(older).toHaveLength(before.length);
    expect(entry).toMatchObject({ target: modelId, userId: "system", details: { name: "model.onnx" } });
    const again = await call(api, "downloadModel", { modelId, body: { artefact: "model.onnx" } });
    expect(again.body).not.toHaveProperty("restored");
    expect(await trail()).toHaveLength(before.length + 1);
  });

  it("is restored before a diagnosis begins and before a model is made active", async () => {
    for (const use of [
      () => call(api, "createDiagnosisRun", { body: { datasetId, modelId } }),
      () => call(api, "activateModel", { modelId }),
    ]) {
      await damage();
      expect((await use()).status).toBeLessThan(300);
      expect(Buffer.from(await system.objects.readBytes(onnx.objectKey, 10 ** 8))).toEqual(Buffer.from(bytes));
    }
  });

  it.each([
    ["damaged", damage],
    ["lost", lose],
  ])("does not keep a diagnosis that has begun from its end: %s", async (_, harm) => {
    const { runId } = (await call(api, "createDiagnosisRun", { body: { datasetId, modelId } })).body;
    const { artefacts } = await system.models.get(workspaceId, modelId);
    const card = artefacts.find(({ name }) => name === "model-card.json")!;
    const bytesOfCard = await system.objects.readBytes(card.objectKey, 10 ** 8);
    await harm();
    await harm(card.objectKey);
    await workOnDiagnosis(runId);
    expect((await call(api, "getRun", { runId })).body).toMatchObject({ status: "succeeded", result: { rows: 300 } });
    await system.objects.write(card.objectKey, bytesOfCard, card.contentType);
  });

  it("of results is restored too, sent in parts as they may be", async () => {
    const queued = { ...diagnosis(datasetId, modelId), runId: newRunId() };
    const objectKey = runArtefactKey(workspaceId, queued.runId, "results.csv");
    async function* large() {
      for (let part = 0; part < 10; part++) yield Buffer.alloc(1024 ** 2, part);
    }
    const written = await system.objects.write(objectKey, large(), "text/csv");
    expect(written.etag).toMatch(/-2"$/);
    const progress = { stage: "merging" as const, fraction: 1, curve: [] };
    const running = { ...queued, status: "running" as const, version: 2, startedAt: later(1), heartbeatAt: later(1) };
    const artefacts = [{ name: "results.csv", objectKey, contentType: "text/csv", ...written }];
    const result = { rows: 1, classes: [], meanConfidence: 0.75, artefacts };
    await system.runs.create(queued);
    await system.runs.replace({ ...running, progress });
    await system.runs.replace(succeedDiagnosis({ ...running, progress }, result, later(2)));
    const ask = () => call(api, "downloadRun", { runId: queued.runId, body: { artefact: "results.csv" } });
    expect((await ask()).body).not.toHaveProperty("restored");
    await damage(objectKey);
    expect((await ask()).body).toMatchObject({ restored: true });
    expect((await ask()).body).not.toHaveProperty("restored");
    expect(JSON.stringify((await call(api, "getRun", { runId: queued.runId })).body)).not.toContain("etag");
  });

  it("is told by its bytes where its mark is another, as after a move from another store", async () => {
    const audit = dynamoAuditLog(dynamoTable(process.env.TABLE_NAME!), 90);
    const ports = { objects: system.objects, audit, clock: () => new Date() };
    const key = runArtefactKey(workspaceId, "run-moved", "model.onnx");
    const moved = { ...onnx, objectKey: key, etag: '"of another store"' };
    await system.objects.write(key, bytes, onnx.contentType);
    const before = await trail();
    expect(await ensureStored(ports, { workspaceId, id: modelId }, moved)).toBe(false);
    expect(await trail()).toHaveLength(before.length);
    await damage(key);
    expect(await ensureStored(ports, { workspaceId, id: modelId }, moved)).toBe(true);
    expect(Buffer.from(await system.objects.readBytes(key, 10 ** 8))).toEqual(Buffer.from(bytes));
    expect(await ensureStored(ports, { workspaceId, id: modelId }, moved)).toBe(false);
    const lost = { ...moved, sha256: "0".repeat(64) };
    await expect(ensureStored(ports, { workspaceId, id: modelId }, lost)).rejects.toMatchObject({
      code: "file-lost",
      parameters: { id: modelId, name: "model.onnx" },
    });
  });

  it("of which no version is whole is told so, plainly", async () => {
    const key = runArtefactKey(workspaceId, "run-elsewhere", "model.onnx");
    await system.objects.write(key, Buffer.from("never right"), "application/octet-stream");
    const other = { ...onnx, objectKey: key };
    await expect(readArtefact(system.objects, other, 10 ** 8)).rejects.toMatchObject({
      code: "model-unusable",
      parameters: { reason: "artefact-changed", name: "model.onnx" },
    });
    await lose(key);
    await expect(readArtefact(system.objects, other, 10 ** 8)).rejects.toMatchObject({
      parameters: { reason: "artefact-missing" },
    });
  });
});
