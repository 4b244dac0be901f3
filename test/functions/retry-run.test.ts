import { newRunId } from "@systemhealer/domain/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, training, workspaceId } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("a retry", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let datasetId: string;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    datasetId = await readyDatasetOf(system, labelledCsv(20));
  });
  afterAll(() => system.close());

  async function failedRun(): Promise<string> {
    const run = { ...training(datasetId), runId: newRunId() };
    const failure = { code: "internal", parameters: {} } as const;
    await system.runs.create({ ...run, status: "failed", endedAt: at, failure });
    return run.runId;
  }

  const started = () =>
    system.services.calls.filter(({ action }) => action === "StartExecution").map(({ input }) => input.name);

  it("that is ordered several times at once starts one run, which all are told", async () => {
    const runId = await failedRun();
    const before = new Set(started());
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(api, "retryRun", { runId })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    const names = new Set(answers.map(({ body }) => body.runId));
    expect(names.size).toBe(1);
    expect(new Set(started().filter((name) => !before.has(name!)))).toEqual(names);
    const { items } = await system.runs.list(workspaceId, {}, { limit: 50 });
    expect(items.filter(({ retryOf }) => retryOf === runId)).toHaveLength(1);
    expect((await call(api, "getRun", { runId })).body.retriedAs).toBe([...names][0]);
  });

  it("that is ordered again while the first one is under way is the first one", async () => {
    const runId = await failedRun();
    const first = await call(api, "retryRun", { runId });
    const second = await call(api, "retryRun", { runId });
    expect(second).toMatchObject({ status: 202, body: { runId: first.body.runId } });
  });

  it("can be repeated when it has ended itself", async () => {
    const runId = await failedRun();
    const first = await call(api, "retryRun", { runId });
    await call(api, "cancelRun", { runId: first.body.runId });
    const second = await call(api, "retryRun", { runId });
    expect(second).toMatchObject({ status: 202, body: { retryOf: runId, status: "queued" } });
    expect(second.body.runId).not.toBe(first.body.runId);
  });

  it("that was cut short before its run was written is taken up", async () => {
    const runId = await failedRun();
    const next = newRunId();
    expect(await system.runs.claimRetry(workspaceId, runId, { next })).toBe(true);
    expect(await system.runs.claimRetry(workspaceId, runId, { next: newRunId() })).toBe(false);
    expect((await call(api, "retryRun", { runId })).body).toMatchObject({ runId: next, status: "queued" });
  });

  it("that was cut short is taken up once there is room for it", async () => {
    const workspaceId = "w-narrow";
    const admin = { groups: "[admin]", workspaceId };
    const narrow = await readyDatasetOf(system, labelledCsv(20), { workspaceId });
    const setRuns = async (runsAtOnce: number) => {
      const { version } = (await call(api, "getQuotas", {}, admin)).body;
      expect(await call(api, "updateQuotas", { body: { version, runsAtOnce } }, admin)).toMatchObject({ status: 200 });
    };
    const failure = { code: "internal", parameters: {} } as const;
    const failed = { ...training(narrow), workspaceId, runId: newRunId() };
    await system.runs.create({ ...failed, status: "failed", endedAt: at, failure });
    await system.runs.create({ ...training(narrow), workspaceId, runId: newRunId() });
    const next = newRunId();
    await system.runs.claimRetry(workspaceId, failed.runId, { next });
    await setRuns(1);
    const retry = () => call(api, "retryRun", { runId: failed.runId }, { workspaceId });
    expect(await retry()).toMatchObject({ status: 409, body: { code: "quota-runs" } });
    await setRuns(2);
    expect(await retry()).toMatchObject({ status: 202, body: { runId: next } });
  });
});
