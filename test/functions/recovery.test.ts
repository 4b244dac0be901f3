import type { RunView } from "@systemhealer/contract/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trainRun } from "../../containers/trainer/src/train-run.ts";
import { readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { nodes, normal, records } from "./fixtures/repaired-system.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const settings = {
  learner: { learner: "mlp" as const, hiddenUnits: [12], epochs: 40, learningRate: 0.01 },
  selection: "none" as const,
};

describe("a diagnosed system that is verified to be back to normal", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let trainingId: string;
  let incident: string;

  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    const states = ["normal", "normal", "cpu-hog", "slow-disk"];
    const labelled = records(180, 1, (moment, node) => states[(moment + nodes.indexOf(node)) % 4]!, { labels: true });
    const datasetId = await readyDatasetOf(system, labelled);
    const { body } = await call(api, "createTrainingRun", { body: { datasetId, settings } });
    trainingId = body.runId;
    const quiet = { heartbeatSeconds: 60, threads: 1, signal: new AbortController().signal, onBeatError: () => {} };
    await trainRun({ ...system, clock: () => new Date() }, workspaceId, trainingId, quiet);
    const { handler: register } = await import("../../functions/workflow/register-model.ts");
    await register({ workspaceId, runId: trainingId });
    incident = await diagnosed(records(60, 2, (_, node) => (node === "b" ? "slow-disk" : "normal")));
  });
  afterAll(() => system.close());

  const order = (datasetId: string, more: object = {}) =>
    call(api, "createDiagnosisRun", { body: { datasetId, ...more } });
  const datasetOf = (bytes: Buffer) => readyDatasetOf(system, bytes, { purpose: "diagnosis" });
  const runOf = async (runId: string): Promise<RunView> => (await call(api, "getRun", { runId })).body;

  async function diagnosed(bytes: Buffer, more: object = {}): Promise<string> {
    const { handler: plan } = await import("../../functions/workflow/plan-diagnosis.ts");
    const { handler: shard } = await import("../../functions/inference/shard.ts");
    const { handler: merge } = await import("../../functions/workflow/merge-results.ts");
    const { body } = await order(await datasetOf(bytes), more);
    const { runId } = body;
    for (const each of (await plan({ workspaceId, runId })).shards) await shard(each);
    await merge({ workspaceId, runId });
    return runId;
  }

  it("is an open incident as long as nobody has looked", async () => {
    const run = await runOf(incident);
    expect(run).toMatchObject({ status: "succeeded", result: { faultsFound: true } });
    expect(run).not.toHaveProperty("recovery");
    const healthy = await runOf(await diagnosed(records(60, 3, normal)));
    expect(healthy).toMatchObject({ result: { faultsFound: false } });
  });

  it("is not recovered while a node has its fault, which is named with its KPI", async () => {
    const still = records(60, 4, (_, node) => (node === "b" ? "slow-disk" : "normal"));
    const runId = await diagnosed(still, { verifies: incident });
    expect(await runOf(runId)).toMatchObject({ verifies: incident, result: { recovery: "not-recovered" } });
    expect(await runOf(incident)).toMatchObject({ recovery: { verdict: "not-recovered", runId } });
    const { body: summary } = await call(api, "getRunSummary", { runId });
    expect(summary.recovery).toMatchObject({
      verdict: "not-recovered",
      normalClass: "normal",
      nodes: [{ node: "b", rows: 60, faultRows: 60, kpisOutside: 1 }],
      kpis: [{ node: "b", name: "disk", direction: "above", share: 1 }],
      nodeCount: 4,
      normalNodes: 3,
    });
    expect(summary.recovery.findings).toEqual(expect.arrayContaining(["fault-rows", "faulty-nodes", "kpis-outside"]));
    expect(summary.recovery.faults[0]).toMatchObject({ name: "slow-disk", before: 0.25, after: 0.25 });
  });

  it("is recovered since the repair, where early records are still of the fault; a check of the check counts", async () => {
    const [before] = (await call(api, "listRuns", { query: { kind: "diagnosis", limit: 1 } })).body.items;
    const repaired = records(80, 5, (moment, node) => (node === "b" && moment < 30 ? "slow-disk" : "normal"));
    const runId = await diagnosed(repaired, { verifies: before.runId });
    expect(await runOf(runId)).toMatchObject({ verifies: incident, result: { recovery: "recovered" } });
    expect(await runOf(incident)).toMatchObject({ recovery: { verdict: "recovered", runId } });
    const { recovery } = (await call(api, "getRunSummary", { runId })).body;
    expect(recovery).toMatchObject({ changed: true, rows: 320, findings: [], doubts: [] });
    expect(recovery.judgedRows).toBeLessThanOrEqual(200);
    expect(new Date(recovery.from).toISOString()).toMatch(/^2026-01-05T01:3/);
    expect(recovery.faults[0]).toMatchObject({ name: "slow-disk", before: 0.25, after: 0 });
  });

  it("keeps the newest verdict where an older check ends later", async () => {
    const check = (runId: string) => ({ verdict: "not-recovered" as const, runId, at: new Date().toISOString() });
    expect(await system.runs.noteRecovery(workspaceId, incident, check(incident))).toBe(false);
    expect(await runOf(incident)).toMatchObject({ recovery: { verdict: "recovered" } });
    expect(await system.runs.noteRecovery(workspaceId, "run-00000000000000000000000000", check(incident))).toBe(false);
  });

  it("cannot be told of a few rows, nor of another environment", async () => {
    const few = await diagnosed(records(5, 6, normal), { verifies: incident });
    expect((await call(api, "getRunSummary", { runId: few })).body.recovery).toMatchObject({
      verdict: "cannot-tell",
      doubts: ["too-few-rows"],
      judgedRows: 20,
      neededRows: 30,
    });
    const elsewhere = records(60, 7, normal, { offset: 40 });
    const runId = await diagnosed(elsewhere, { verifies: incident });
    const { recovery } = (await call(api, "getRunSummary", { runId })).body;
    expect(recovery).toMatchObject({ verdict: "cannot-tell", doubts: ["other-environment"] });
    expect(await runOf(incident)).toMatchObject({ recovery: { verdict: "cannot-tell", runId } });
  });

  it("takes newer records of the same model and a diagnosis that has ended", async () => {
    const newer = await datasetOf(records(40, 8, normal));
    const run = await runOf(incident);
    const refused = async (datasetId: string, more: object) => {
      const { status, body } = await order(datasetId, more);
      return [status, body.code];
    };
    expect(await refused(newer, { verifies: trainingId })).toEqual([409, "verifies-no-diagnosis"]);
    expect(await refused(run.datasetId, { verifies: incident })).toEqual([400, "verifies-same-data"]);
    const same = await datasetOf(records(60, 2, (_, node) => (node === "b" ? "slow-disk" : "normal")));
    expect(await refused(same, { verifies: incident })).toEqual([400, "verifies-same-data"]);
    const modelId = `mdl-${"0".repeat(26)}`;
    expect(await refused(newer, { verifies: incident, modelId })).toEqual([400, "verifies-other-model"]);
    expect(await refused(newer, { verifies: incident, normalClass: "sunny" })).toEqual([400, "no-such-class"]);
    expect(await refused(newer, { normalClass: "normal" })).toEqual([400, "normal-class-unasked"]);
    const { body: queued } = await order(newer);
    expect(await refused(newer, { verifies: queued.runId })).toEqual([409, "verifies-unfinished"]);
    const stranger = { workspaceId: "w-other" };
    const foreign = await call(api, "createDiagnosisRun", { body: { datasetId: newer, verifies: incident } }, stranger);
    expect(foreign.status).toBe(404);
    const viewer = await call(
      api,
      "createDiagnosisRun",
      { body: { datasetId: newer, verifies: incident } },
      { groups: "[viewer]" },
    );
    expect(viewer.status).toBe(403);
  });

  it("is judged without what was there before, where the diagnosis is deleted meanwhile", async () => {
    const { handler: plan } = await import("../../functions/workflow/plan-diagnosis.ts");
    const { handler: shard } = await import("../../functions/inference/shard.ts");
    const { handler: merge } = await import("../../functions/workflow/merge-results.ts");
    const { runId } = (await order(await datasetOf(records(40, 9, normal)), { verifies: incident })).body;
    for (const each of (await plan({ workspaceId, runId })).shards) await shard(each);
    await call(api, "deleteRun", { runId: incident });
    await merge({ workspaceId, runId });
    expect(await runOf(runId)).toMatchObject({ status: "succeeded", result: { recovery: "recovered" } });
    const { recovery } = (await call(api, "getRunSummary", { runId })).body;
    expect(recovery.faults[0]).not.toHaveProperty("before");
  });
});
