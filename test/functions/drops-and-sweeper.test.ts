import { followUpRunId, modelIdOfRun } from "@systemhealer/domain/ids";
import { startRun } from "@systemhealer/domain/run";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { later, model, training, uploading } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const progress = { stage: "fitting" as const, fraction: 0.5, curve: [] };

describe("what happens without a caller", () => {
  let system: TestSystem;
  let objectCreated: typeof import("../../functions/events/object-created.ts").handler;
  let validate: typeof import("../../functions/workflow/validate-dataset.ts").handler;
  let followUp: typeof import("../../functions/workflow/start-follow-up.ts").handler;
  let sweep: typeof import("../../functions/events/sweep.ts").handler;
  let recordFailure: typeof import("../../functions/workflow/record-run-failure.ts").handler;
  beforeAll(async () => {
    system = await testSystem({ maxFileBytes: 100_000 });
    objectCreated = (await import("../../functions/events/object-created.ts")).handler;
    validate = (await import("../../functions/workflow/validate-dataset.ts")).handler;
    followUp = (await import("../../functions/workflow/start-follow-up.ts")).handler;
    sweep = (await import("../../functions/events/sweep.ts")).handler;
    recordFailure = (await import("../../functions/workflow/record-run-failure.ts")).handler;
    await system.workspaces.getOrCreate(workspaceId, "user", new Date().toISOString());
  });
  beforeEach(() => {
    system.services.calls.length = 0;
  });
  afterAll(() => system.close());

  const alerts = () =>
    system.services.calls.filter(({ action }) => action === "Publish").map(({ input }) => input.Subject);

  /** Puts a file and brings its event as often as told, and then that of its copy if one was made. */
  async function drop(key: string, bytes: Buffer, times = 1): Promise<void> {
    const { etag } = await system.objects.write(key, bytes, "text/csv");
    const event = { detail: { object: { key, etag: etag.replaceAll('"', ""), size: bytes.length } } };
    for (let i = 0; i < times; i++) await objectCreated(event);
    const { items } = await system.datasets.list(workspaceId, { status: "uploading" }, { limit: 10 });
    for (const { objectKey } of items) {
      const arrival = () => system.local.events.find(({ detail }) => detail.object.key === objectKey);
      await vi.waitFor(() => expect(arrival()).toBeDefined(), { timeout: 10_000 });
      await objectCreated(arrival()!);
    }
  }

  async function droppedDatasets(): Promise<string[]> {
    const { items } = await system.datasets.list(workspaceId, { status: "validating" }, { limit: 10 });
    return items.map(({ datasetId }) => datasetId);
  }

  it("a dropped file is taken in once and trained on once", async () => {
    await drop(`drops/${workspaceId}/train/nightly run.csv`, labelledCsv(60), 3);
    const [datasetId, ...others] = await droppedDatasets();
    expect(others).toEqual([]);
    const validated = await validate({ workspaceId, datasetId: datasetId! });
    expect(validated).toMatchObject({ status: "ready", followUp: "train" });
    await followUp(validated);
    await followUp(validated);
    const runId = followUpRunId(datasetId!);
    expect(await system.runs.get(workspaceId, runId)).toMatchObject({
      ...{ kind: "training", status: "queued", origin: "drop", name: "nightly run.csv" },
    });
    expect(await system.datasets.get(workspaceId, datasetId!)).toMatchObject({ usedBy: [runId] });
    expect(alerts()).toEqual([]);
  });

  it("a drop for which the workspace has no room is left where it is, and its administrators are told", async () => {
    const workspace = (await system.workspaces.find(workspaceId))!;
    const next = { ...workspace, quotas: { storageBytes: 100 }, version: workspace.version + 1 };
    await system.workspaces.replace(next);
    const before = await system.datasets.usage(workspaceId);
    await drop(`drops/${workspaceId}/train/too-much.csv`, labelledCsv(60));
    expect(await system.datasets.usage(workspaceId)).toEqual(before);
    expect(alerts()).toEqual(["Drop not accepted: too-much.csv"]);
    await system.workspaces.replace({ ...next, quotas: {}, version: next.version + 1 });
  });

  /** Puts a file without telling anybody. @returns its event */
  async function put(key: string, bytes: Buffer) {
    const seen = system.local.events.length;
    await system.objects.write(key, bytes, "text/csv");
    const arrival = () => system.local.events.slice(seen).find(({ detail }) => detail.object.key === key);
    await vi.waitFor(() => expect(arrival()).toBeDefined(), { timeout: 10_000 });
    return arrival()!;
  }

  async function uploadingDatasets(): Promise<string[]> {
    const { items } = await system.datasets.list(workspaceId, { status: "uploading" }, { limit: 100 });
    return items.map(({ datasetId }) => datasetId);
  }

  it("the same file put again is another drop, even where the first one's data set is gone", async () => {
    const key = `drops/${workspaceId}/train/again.csv`;
    const before = await droppedDatasets();
    const first = await put(key, labelledCsv(30));
    await Promise.all([objectCreated(first), objectCreated(first), objectCreated(first)]);
    const [firstId, ...others] = (await uploadingDatasets()).filter((id) => !before.includes(id));
    expect(others).toEqual([]);
    await system.datasets.delete(workspaceId, firstId!, 1);
    await objectCreated(await put(key, labelledCsv(30)));
    const [secondId] = await uploadingDatasets();
    expect(secondId).not.toBe(firstId);
    expect(await system.objects.head(`uploads/${workspaceId}/${secondId}/source`)).toBeDefined();
    await system.datasets.delete(workspaceId, secondId!, 1);
  });

  it("a drop that is overwritten or taken away before it is copied is nobody's fault", async () => {
    const key = `drops/${workspaceId}/diagnose/twice.csv`;
    const first = await put(key, labelledCsv(9));
    const second = await put(key, labelledCsv(12));
    await objectCreated(first);
    await objectCreated(second);
    const gone = await put(`drops/${workspaceId}/diagnose/gone.csv`, labelledCsv(9));
    await system.objects.delete(gone.detail.object.key);
    await objectCreated(gone);
    expect(alerts()).toEqual([]);
    const ids = await uploadingDatasets();
    const there = await Promise.allSettled(ids.map((id) => system.objects.head(`uploads/${workspaceId}/${id}/source`)));
    expect(there.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const id of ids) await system.datasets.delete(workspaceId, id, 1);
  });

  it("names of drops may hold anything that steers no line", async () => {
    const names = ["负载 ü.csv", "..", "a+b%20c#?.csv", `a${"😀".repeat(200)}.csv`];
    for (const name of names) await objectCreated(await put(`drops/${workspaceId}/train/${name}`, labelledCsv(9)));
    const { items } = await system.datasets.list(workspaceId, { status: "uploading" }, { limit: 100 });
    expect(items).toHaveLength(names.length);
    for (const { name, fileName } of items) expect([name, fileName].every((text) => text.isWellFormed())).toBe(true);
    expect(items.map(({ fileName }) => fileName)).toEqual(expect.arrayContaining(names.slice(0, 3)));
    for (const { datasetId } of items) await system.datasets.delete(workspaceId, datasetId, 1);
  });

  it.each(["line\nbreak.csv", "bell\u0007.csv", "gnp\u202evsc.csv"])(
    "a drop called %j is left where it is, and its administrators are told",
    async (name) => {
      const key = `drops/${workspaceId}/train/${name}`;
      await objectCreated(await put(key, labelledCsv(9)));
      expect(await uploadingDatasets()).toEqual([]);
      const { Message = "" } = system.services.calls.at(-1)?.input ?? {};
      expect(JSON.parse(Message)).toMatchObject({ reason: "name-unusable", key });
      expect(Message).not.toContain(name);
      expect(await system.objects.head(key)).toBeDefined();
      system.services.calls.length = 0;
    },
  );

  it("a drop to be diagnosed waits for no model: the administrators are told", async () => {
    await drop(`drops/${workspaceId}/diagnose/now.csv`, labelledCsv(9));
    const [datasetId] = await droppedDatasets();
    await followUp(await validate({ workspaceId, datasetId: datasetId! }));
    expect(alerts()).toEqual(["File not diagnosed: now.csv"]);
  });

  it("a drop of an unknown workspace, one that is too large and one that is faulty are told of", async () => {
    await drop("drops/w-nobody/train/a.csv", labelledCsv(9));
    await drop(`drops/${workspaceId}/train/large.csv`, Buffer.alloc(100_001, "x"));
    expect(await droppedDatasets()).toEqual([]);
    await drop(`drops/${workspaceId}/train/bad.csv`, Buffer.from("cpu,label\nx,1\n"));
    const [datasetId] = await droppedDatasets();
    await validate({ workspaceId, datasetId: datasetId! });
    expect(alerts()).toEqual(["Drop not accepted: a.csv", "Drop not accepted: large.csv", "Drop rejected: bad.csv"]);
  });

  it("runs that nobody works on are failed, the others left", async () => {
    const datasetId = await readyDatasetOf(system, labelledCsv(60));
    const now = new Date().toISOString();
    const named = {
      lost: startRun(training(datasetId), now),
      silent: startRun(training(datasetId), later(0)),
      working: startRun(training(datasetId), now),
      forgotten: training(datasetId),
      waiting: { ...training(datasetId), updatedAt: now },
      broken: { ...training(datasetId), updatedAt: now },
    };
    for (const run of Object.values(named)) {
      await system.datasets.addUser(workspaceId, datasetId, run.runId);
      await system.runs.create(run);
    }
    const { executions } = system.services;
    executions.set(named.lost.runId, "ABORTED").set(named.silent.runId, "RUNNING");
    executions.set(named.working.runId, "RUNNING").set(named.broken.runId, "FAILED");
    const halfDone = model({ modelId: modelIdOfRun(named.lost.runId), datasetId });
    await system.datasets.addUser(workspaceId, datasetId, halfDone.modelId);
    await system.models.create(halfDone);
    await sweep();
    const outcome = async (run: { runId: string }) => {
      const stored = await system.runs.get(workspaceId, run.runId);
      return stored.status === "failed" ? stored.failure.code : stored.status;
    };
    expect(await outcome(named.lost)).toBe("worker-lost");
    expect(await outcome(named.silent)).toBe("worker-silent");
    expect(await outcome(named.working)).toBe("running");
    expect(await outcome(named.forgotten)).toBe("could-not-start");
    expect(await outcome(named.waiting)).toBe("queued");
    expect(await outcome(named.broken)).toBe("could-not-start");
    const stopped = system.services.calls.filter(({ action }) => action === "StopExecution");
    expect(stopped.map(({ input }) => input.executionArn?.split(":").at(-1))).toEqual([named.silent.runId]);
    const users = [named.working.runId, named.waiting.runId].sort();
    expect(await system.datasets.get(workspaceId, datasetId)).toMatchObject({ usedBy: users });
    await expect(system.models.get(workspaceId, halfDone.modelId)).rejects.toThrow();
    expect(alerts().length).toBeGreaterThanOrEqual(4);
    system.services.calls.length = 0;
    await sweep();
    expect(alerts()).toEqual([]);
  });

  it("uploads whose time is over go, unless their bytes are there; silent validations are rejected", async () => {
    const gone = uploading({ workspaceId, expiresAt: later(0) });
    const arrived = uploading({ workspaceId, expiresAt: later(0) });
    const fresh = uploading({ workspaceId, expiresAt: new Date(Date.now() + 60_000).toISOString() });
    for (const dataset of [gone, arrived, fresh]) await system.datasets.create(dataset);
    await system.objects.write(arrived.objectKey, labelledCsv(9), "text/csv");
    await sweep();
    await expect(system.datasets.get(workspaceId, gone.datasetId)).rejects.toThrow();
    expect(await system.datasets.get(workspaceId, fresh.datasetId)).toMatchObject({ status: "uploading" });
    expect(await system.datasets.get(workspaceId, arrived.datasetId)).toMatchObject({ status: "validating" });
    await system.datasets.beat(workspaceId, arrived.datasetId, 7, later(0));
    await sweep();
    const rejected = await system.datasets.get(workspaceId, arrived.datasetId);
    if (rejected.status !== "rejected") throw new Error(rejected.status);
    const report = JSON.parse(new TextDecoder().decode(await system.objects.readBytes(rejected.reportKey, 10_000)));
    expect(report).toMatchObject({ rowsRead: 7, findings: [{ code: "validation-interrupted" }] });
  });

  it("why an execution failed is written on its run, once, and told", async () => {
    const datasetId = await readyDatasetOf(system, labelledCsv(60));
    const task = (more: object) => JSON.stringify({ Memory: "8192", StopCode: "EssentialContainerExited", ...more });
    const cases = [
      ["States.Timeout", "", "out-of-time"],
      ["States.TaskFailed", task({ Containers: [{ ExitCode: 137, Reason: "OutOfMemoryError" }] }), "out-of-memory"],
      ["States.TaskFailed", task({ Containers: [{ ExitCode: 134 }] }), "out-of-memory"],
      ["States.TaskFailed", task({ Containers: [{ ExitCode: 137 }] }), "worker-crashed"],
      ["States.TaskFailed", task({ Containers: [{ ExitCode: 3 }] }), "worker-crashed"],
      ["States.TaskFailed", task({ Containers: [{}], StopCode: "TaskFailedToStart" }), "could-not-start"],
      ["ECS.AmazonECSException", "no capacity", "could-not-start"],
      ["Runtime.ExitError", "signal: killed", "out-of-memory"],
      ["TypeError", "{}", "worker-crashed"],
    ] as const;
    for (const [word, Cause, code] of cases) {
      const run = startRun(training(datasetId), new Date().toISOString());
      await system.runs.create(run);
      await recordFailure({ workspaceId, runId: run.runId, error: { Error: word, Cause } });
      expect(await system.runs.get(workspaceId, run.runId)).toMatchObject({ status: "failed", failure: { code } });
      expect(await system.runs.beat(workspaceId, run.runId, progress, later(0))).toBe(false);
    }
    expect(alerts().length).toBe(cases.length);
  });
});
