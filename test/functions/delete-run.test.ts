import { modelIdOfRun, newRunId } from "@systemhealer/domain/ids";
import { runPrefix } from "@systemhealer/domain/object-keys";
import { startRun } from "@systemhealer/domain/run";
import { storageUsed } from "@systemhealer/domain/use-cases/storage-used";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, diagnosis, model, training, workspaceId } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("a run that has ended", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  const failure = { code: "internal", parameters: {} } as const;
  async function failed(run: ReturnType<typeof training> | ReturnType<typeof diagnosis>): Promise<string> {
    const runId = newRunId();
    await system.runs.create({ ...run, runId, status: "failed", endedAt: at, failure });
    await system.objects.write(`${runPrefix(workspaceId, runId)}results.csv`, Buffer.alloc(900), "text/csv");
    return runId;
  }

  it("goes with what it found, which makes room", async () => {
    const before = await storageUsed(system, workspaceId);
    const runId = await failed(diagnosis());
    expect((await storageUsed(system, workspaceId)).storageBytes).toBe(before.storageBytes + 900);
    expect((await call(api, "deleteRun", { runId })).status).toBe(204);
    expect(await storageUsed(system, workspaceId)).toEqual(before);
    expect(await call(api, "getRun", { runId })).toMatchObject({ status: 404 });
    expect(await call(api, "deleteRun", { runId })).toMatchObject({ status: 404, body: { code: "run-not-found" } });
  });

  it("stays while there is the model that it made", async () => {
    const runId = await failed(training());
    const modelId = modelIdOfRun(runId);
    await system.models.create(model({ modelId, trainingRunId: runId }));
    expect(await call(api, "deleteRun", { runId })).toMatchObject({
      status: 409,
      body: { code: "run-has-model", parameters: { model: modelId } },
    });
    await system.models.delete(workspaceId, modelId);
    expect((await call(api, "deleteRun", { runId })).status).toBe(204);
  });

  it("is none while it goes on", async () => {
    const running = startRun(diagnosis(), at);
    await system.runs.create(running);
    expect(await call(api, "deleteRun", { runId: running.runId })).toMatchObject({
      status: 409,
      body: { code: "run-not-ended" },
    });
    expect(await system.runs.get(workspaceId, running.runId)).toMatchObject({ status: "running" });
  });

  it("that was the retry of another one can be ordered anew", async () => {
    const runId = await failed(training(await readyDatasetOf(system, labelledCsv(20))));
    const first = (await call(api, "retryRun", { runId })).body.runId;
    system.services.executions.set(first, "RUNNING");
    await call(api, "cancelRun", { runId: first });
    expect((await call(api, "deleteRun", { runId: first })).status).toBe(204);
    const again = await call(api, "retryRun", { runId });
    expect(again).toMatchObject({ status: 202, body: { status: "queued" } });
    expect(again.body.runId).not.toBe(first);
  });
});
