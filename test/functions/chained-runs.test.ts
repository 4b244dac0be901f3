import { createHash } from "node:crypto";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { startValidation } from "@systemhealer/domain/dataset";
import { chainedRunId, followUpRunId, newRunId } from "@systemhealer/domain/ids";
import { startRun, succeedTraining } from "@systemhealer/domain/run";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { at, later, model, training, uploading } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const csv = labelledCsv(60);
const settings = TrainingSettings.parse({ learner: { learner: "majority" } });

describe("upload, train and diagnose as one action", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let validate: typeof import("../../functions/workflow/validate-dataset.ts").handler;
  let followUp: typeof import("../../functions/workflow/start-follow-up.ts").handler;
  let startNext: typeof import("../../functions/workflow/start-next.ts").handler;
  let sweep: typeof import("../../functions/events/sweep.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    validate = (await import("../../functions/workflow/validate-dataset.ts")).handler;
    followUp = (await import("../../functions/workflow/start-follow-up.ts")).handler;
    startNext = (await import("../../functions/workflow/start-next.ts")).handler;
    sweep = (await import("../../functions/events/sweep.ts")).handler;
  });
  beforeEach(() => {
    system.services.calls.length = 0;
  });
  afterAll(() => system.close());

  const started = () => system.services.calls.filter(({ action }) => action === "StartExecution");

  /** A training that has given a model, as the registration leaves it. */
  async function trained(thenDiagnose: string): Promise<string> {
    const queued = { ...training(await readyDatasetOf(system, csv)), thenDiagnose };
    const stored = model({ trainingRunId: queued.runId });
    await system.models.create(stored);
    await system.runs.create(queued);
    const running = startRun(queued, later(1));
    await system.runs.replace(running);
    const result = { modelId: stored.modelId, accuracy: 0.9, macroF1: 0.9 };
    await system.runs.replace(succeedTraining(running, result, later(2)));
    return queued.runId;
  }

  it("an announced file carries what is to be done with it through its validation, up to the training", async () => {
    const second = uploading({ purpose: "diagnosis" });
    await system.datasets.create(second);
    const sha256 = createHash("sha256").update(csv).digest("hex");
    const order = { fileName: "kpis.csv", purpose: "training" as const, sizeBytes: csv.length, sha256 };
    const thenDiagnose = second.datasetId;
    const body = { ...order, followUp: "train" as const, settings, thenDiagnose };
    const { status, body: announced } = await call(api, "createDataset", { body });
    expect(status).toBe(201);
    const { datasetId } = announced.dataset;
    const { request } = announced.upload;
    await fetch(request.url, { method: "PUT", headers: request.headers, body: csv });
    const uploaded = await system.datasets.get("w-test", datasetId);
    const { etag } = await system.objects.head(uploaded.objectKey);
    await system.datasets.replace(startValidation(uploaded, { etag, sizeBytes: csv.length }, at));
    const validated = await validate({ workspaceId: "w-test", datasetId });
    expect(validated).toMatchObject({ status: "ready", followUp: "train" });
    await followUp(validated);
    await followUp(validated);
    const run = await call(api, "getRun", { runId: followUpRunId(datasetId) });
    expect(run.body).toMatchObject({ kind: "training", origin: "api", status: "queued", settings, thenDiagnose });
  });

  it("a trained model diagnoses the data set that was named, once", async () => {
    const thenDiagnose = await readyDatasetOf(system, csv, { purpose: "diagnosis" });
    const runId = await trained(thenDiagnose);
    system.services.calls.length = 0;
    await startNext({ workspaceId: "w-test", runId });
    await startNext({ workspaceId: "w-test", runId });
    const next = chainedRunId(runId);
    expect(new Set(started().map(({ input }) => input.name))).toEqual(new Set([next]));
    const { modelId } = (await call(api, "getRun", { runId })).body.result;
    expect((await call(api, "getRun", { runId: next })).body).toMatchObject({
      kind: "diagnosis",
      status: "queued",
      name: (await system.datasets.get("w-test", thenDiagnose)).name,
      datasetId: thenDiagnose,
      modelId,
    });
    expect((await system.models.get("w-test", modelId)).usedBy).toContain(next);
  });

  /** What the ingest machine does with a file that has arrived. */
  async function arrive(datasetId: string, bytes: Buffer) {
    const announced = await system.datasets.get("w-test", datasetId);
    const { etag } = await system.objects.write(announced.objectKey, bytes, "text/csv");
    await system.datasets.replace(startValidation(announced, { etag, sizeBytes: bytes.length }, at));
    return followUp(await validate({ workspaceId: "w-test", datasetId }));
  }
  const runOf = async (runId: string) => (await call(api, "getRun", { runId })).body;
  const sizeBytes = csv.length;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const announced = (order: Partial<Parameters<typeof uploading>[0]> = {}) =>
    uploading({ purpose: "diagnosis", sizeBytes, expiresAt, ...order });

  it("where the data set is still on its way, the diagnosis waits for it and starts once; two chains do so side by side", async () => {
    const [late, other] = [announced(), announced()];
    for (const dataset of [late, other]) await system.datasets.create(dataset);
    const trainings = [await trained(late.datasetId), await trained(late.datasetId), await trained(other.datasetId)];
    system.services.calls.length = 0;
    for (const runId of [...trainings, ...trainings]) await startNext({ workspaceId: "w-test", runId });
    const [first, second, third] = trainings.map(chainedRunId) as [string, string, string];
    for (const runId of [first, second, third]) {
      const waiting = await runOf(runId);
      expect(waiting).toMatchObject({ status: "queued", awaitsDataset: true });
      expect((await system.models.get("w-test", waiting.modelId)).usedBy).toContain(runId);
    }
    await sweep();
    expect(started()).toEqual([]);

    await arrive(late.datasetId, csv);
    expect(started().map(({ input }) => input.name)).toEqual(expect.arrayContaining([first, second]));
    expect(started()).toHaveLength(2);
    expect(await runOf(first)).not.toHaveProperty("awaitsDataset");
    expect(await system.datasets.get("w-test", late.datasetId)).toMatchObject({ usedBy: [first, second].sort() });
    expect(await runOf(third)).toMatchObject({ status: "queued", awaitsDataset: true });
    await arrive(other.datasetId, csv);
    expect(started().map(({ input }) => input.name)).toEqual([
      ...started()
        .slice(0, 2)
        .map(({ input }) => input.name),
      third,
    ]);
  });

  it("a data set whose event was lost is found by the sweeper", async () => {
    const late = announced();
    await system.datasets.create(late);
    const runId = await trained(late.datasetId);
    await startNext({ workspaceId: "w-test", runId });
    const { etag } = await system.objects.write(late.objectKey, csv, "text/csv");
    await system.datasets.replace(startValidation(late, { etag, sizeBytes }, at));
    await validate({ workspaceId: "w-test", datasetId: late.datasetId });
    system.services.calls.length = 0;
    await sweep();
    expect(started().map(({ input }) => input.name)).toContain(chainedRunId(runId));
  });

  it("where the data set never gets ready, or is gone, the diagnosis has failed and says why", async () => {
    const failure = { code: "data-unusable", parameters: { reason: "not-ready" } };
    const expectFailed = async (runId: string) => {
      const body = await runOf(chainedRunId(runId));
      expect(body).toMatchObject({ status: "failed", failure });
      expect((await system.models.get("w-test", body.modelId)).usedBy).toEqual([]);
    };
    const unknown = await trained(uploading().datasetId);
    await startNext({ workspaceId: "w-test", runId: unknown });
    await startNext({ workspaceId: "w-test", runId: unknown });
    await expectFailed(unknown);

    const bad = announced({ sizeBytes: 10 });
    const deleted = announced();
    for (const dataset of [bad, deleted]) await system.datasets.create(dataset);
    const [ofBad, ofDeleted] = [await trained(bad.datasetId), await trained(deleted.datasetId)];
    for (const runId of [ofBad, ofDeleted]) await startNext({ workspaceId: "w-test", runId });
    await arrive(bad.datasetId, Buffer.from("cpu,disk\nbroken\n"));
    await expectFailed(ofBad);
    expect(await runOf(chainedRunId(ofDeleted))).toMatchObject({ status: "queued" });
    await system.datasets.delete("w-test", deleted.datasetId, 1);
    await sweep();
    await expectFailed(ofDeleted);
  });

  it("a diagnosis that waits can be cancelled and is not started any more", async () => {
    const late = announced();
    await system.datasets.create(late);
    const runId = await trained(late.datasetId);
    await startNext({ workspaceId: "w-test", runId });
    const { body } = await call(api, "cancelRun", { runId: chainedRunId(runId) });
    expect(body).toMatchObject({ status: "cancelled" });
    expect(body).not.toHaveProperty("awaitsDataset");
    system.services.calls.length = 0;
    await arrive(late.datasetId, csv);
    expect(started()).toEqual([]);
    expect(await system.datasets.get("w-test", late.datasetId)).toMatchObject({ usedBy: [] });
  });

  it("a training without it starts nothing", async () => {
    const run = training(await readyDatasetOf(system, csv));
    await system.runs.create(run);
    await startNext({ workspaceId: "w-test", runId: run.runId });
    expect(started()).toEqual([]);
  });

  it("an order that cannot be met is refused at once, and a repeated one is the same", async () => {
    const sha256 = "0".repeat(64);
    const order = { fileName: "kpis.csv", sizeBytes: 10, sha256 };
    const unfit = { ...order, purpose: "diagnosis" as const, followUp: "train" as const };
    expect(await call(api, "createDataset", { body: unfit })).toMatchObject({ body: { code: "follow-up-unfit" } });
    const datasetId = await readyDatasetOf(system, csv);
    const missing = { datasetId, thenDiagnose: uploading().datasetId };
    expect(await call(api, "createTrainingRun", { body: missing })).toMatchObject({ status: 404 });
    const { body: run } = await call(api, "createTrainingRun", { body: { datasetId, thenDiagnose: datasetId } });
    await call(api, "cancelRun", { runId: run.runId });
    const again = await call(api, "retryRun", { runId: run.runId });
    expect(again.body).toMatchObject({ thenDiagnose: datasetId, retryOf: run.runId });
  });

  it("a run that waits is told how many of its workspace are before it", async () => {
    const workspaceId = "w-queue";
    const ids = ["A", "B", "C"].map((letter) => `run-01ARZ3NDEKTSV4RRFFQ69G5FA${letter}`);
    for (const runId of ids) await system.runs.create({ ...training(), workspaceId, runId });
    const active = { ...training(), workspaceId, runId: newRunId() };
    await system.runs.create(active);
    await system.runs.replace(startRun(active, later(1)));
    const positionOf = async (runId: string) =>
      (await call(api, "getRunQueue", { runId }, { workspaceId, groups: "[viewer]" })).body;
    expect(await positionOf(ids[0]!)).toEqual({ position: 1, running: 1 });
    expect(await positionOf(ids[2]!)).toEqual({ position: 3, running: 1 });
    expect(await positionOf(active.runId)).toEqual({ position: null, running: 1 });
    expect(await call(api, "getRunQueue", { runId: ids[0]! })).toMatchObject({ status: 404 });
  });
});
