import type { Dataset } from "@systemhealer/contract/dataset";
import { datasetStatuses } from "@systemhealer/contract/dataset";
import type { Model } from "@systemhealer/contract/model";
import type { AdaptationRun, Run } from "@systemhealer/contract/run";
import { modelIdOfRun, newRunId } from "@systemhealer/domain/ids";
import { isActive, makesModel, queueDiagnosis, startRun } from "@systemhealer/domain/run";
import { acceptDrop } from "@systemhealer/domain/use-cases/accept-drop";
import { activateModel } from "@systemhealer/domain/use-cases/activate-model";
import { awaitDataset, startAwaiting } from "@systemhealer/domain/use-cases/await-dataset";
import { beginValidation } from "@systemhealer/domain/use-cases/begin-validation";
import { cancelRun } from "@systemhealer/domain/use-cases/cancel-run";
import { deleteDataset } from "@systemhealer/domain/use-cases/delete-dataset";
import { deleteModel } from "@systemhealer/domain/use-cases/delete-model";
import { registerAdaptation } from "@systemhealer/domain/use-cases/register-adaptation";
import { registerModel } from "@systemhealer/domain/use-cases/register-model";
import { startAdaptation } from "@systemhealer/domain/use-cases/start-adaptation";
import { startDiagnosis } from "@systemhealer/domain/use-cases/start-diagnosis";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import { sweepDataset } from "@systemhealer/domain/use-cases/sweep-dataset";
import { sweepRun } from "@systemhealer/domain/use-cases/sweep-run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordingServices } from "../../functions/fixtures/recording-services.ts";
import { portsInTest, type TestPorts } from "../fixtures/ports.ts";
import {
  adaptation,
  adaptedResults,
  diagnosis,
  model,
  readying,
  settings,
  training,
  uploading,
} from "../fixtures/records.ts";

/** The process that does the work dies here. */
class CrashError extends Error {
  override readonly name = "CrashError";
}

const reading = new Set([
  "get",
  "find",
  "list",
  "listActive",
  "listStale",
  "head",
  "read",
  "readBytes",
  "listParts",
  "usage",
]);
const looking = new Set(["stateOfRun", "stateOfIngest", "signUpload", "signPart", "signDownload"]);
const heartbeatSeconds = 60;
/** More than any use case writes. */
const maxWrites = 20;

/** Ports by which a process writes `writes` times and dies at the next one. */
function mortal(ports: TestPorts, writes: number): TestPorts {
  let left = writes;
  let dead = false;
  const guard = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const call = Reflect.get(target, name) as (...parameters: unknown[]) => unknown;
        return (...parameters: unknown[]) => {
          if (dead) throw new CrashError();
          const isWrite = !reading.has(String(name)) && !looking.has(String(name));
          if (!isWrite || left-- > 0) return call(...parameters);
          dead = true;
          throw new CrashError();
        };
      },
    });
  const { clock, ...others } = ports;
  const guarded = Object.entries(others).map(([name, port]) => [name, guard(port)]);
  return { ...(Object.fromEntries(guarded) as Omit<TestPorts, "clock">), clock };
}

describe("a crash between any two writes", () => {
  let ports: TestPorts;
  let services: RecordingServices;
  let now: Date;
  let workspaces = 0;
  let close: () => Promise<void>;
  beforeAll(async () => {
    now = new Date();
    ({ ports, services, close } = await portsInTest(() => now));
  });
  afterAll(() => close());

  /** What each scenario begins with, in a workspace of its own. */
  async function world() {
    now = new Date();
    const workspaceId = `w-${workspaces++}`;
    const made = now.toISOString();
    const { announced, validating, ready } = readying({ workspaceId });
    await ports.datasets.create(announced);
    await ports.datasets.replace(validating);
    await ports.datasets.replace(ready);
    await ports.objects.write(ready.objectKey, Buffer.from("1"), "text/csv");
    const { datasetId } = ready;
    const order = { workspaceId, datasetId, name: "run", origin: "api" as const, createdBy: "user" };
    const models: Model[] = [];
    for (let i = 0; i < 2; i++) {
      const trainingRunId = newRunId();
      const modelId = modelIdOfRun(trainingRunId);
      const each = { ...model({ datasetId, trainingRunId, modelId }), workspaceId };
      await ports.datasets.addUser(workspaceId, datasetId, modelId);
      await ports.models.create(each);
      models.push(each);
    }
    await activateModel(ports, { workspaceId, modelId: models[0]!.modelId, userId: "user" });
    const running = startRun({ ...training(datasetId), workspaceId }, made);
    await ports.datasets.addUser(workspaceId, datasetId, running.runId);
    await ports.runs.create(running);
    services.executions.set(running.runId, "RUNNING");
    const trained = { ...model({ datasetId, trainingRunId: running.runId, modelId: modelIdOfRun(running.runId) }) };
    const asked = startRun({ ...diagnosis(datasetId, models[1]!.modelId), workspaceId }, made);
    await ports.datasets.addUser(workspaceId, datasetId, asked.runId);
    await ports.models.addUser(workspaceId, models[1]!.modelId, asked.runId);
    await ports.runs.create(asked);
    services.executions.set(asked.runId, "RUNNING");
    const expiresAt = new Date(now.getTime() + 60_000).toISOString();
    const upload = { ...uploading({ workspaceId, expiresAt }) };
    await ports.datasets.create(upload);
    await ports.objects.write(upload.objectKey, Buffer.from("a,label\n1,x\n"), "text/csv");
    const key = `drops/${workspaceId}/train/a.csv`;
    const { etag } = await ports.objects.write(key, Buffer.from("a,label\n"), "text/csv");
    const drop = { kind: "drop" as const, workspaceId, followUp: "train" as const, fileName: "a.csv", key, etag };
    return {
      workspaceId,
      datasetId,
      order,
      models,
      running,
      asked,
      trained: { ...trained, workspaceId },
      upload,
      drop,
    };
  }
  type World = Awaited<ReturnType<typeof world>>;

  /** An adaptation with a few labelled rows, which a trainer works on. */
  async function adapting({ workspaceId, order, models }: World): Promise<AdaptationRun> {
    const labelledDatasetId = await labelled(workspaceId);
    const modelId = models[1]!.modelId;
    const queued = await startAdaptation(ports, {
      ...order,
      ...adaptation,
      modelId,
      labelledDatasetId,
      runId: newRunId(),
    });
    services.executions.set(queued.runId, "RUNNING");
    const running = startRun(queued, now.toISOString()) as AdaptationRun;
    await ports.runs.replace(running);
    return running;
  }

  async function labelled(workspaceId: string): Promise<string> {
    const { announced, validating, ready } = readying({ workspaceId });
    await ports.datasets.create(announced);
    await ports.datasets.replace(validating);
    await ports.datasets.replace(ready);
    return ready.datasetId;
  }

  const scenarios: Record<string, (mortalPorts: TestPorts, w: World) => Promise<unknown>> = {
    "starting a training": (p, w) => startTraining(p, { ...w.order, runId: newRunId(), settings }),
    "starting a diagnosis": (p, w) => {
      return startDiagnosis(p, { ...w.order, runId: newRunId(), modelId: w.models[0]!.modelId });
    },
    "a diagnosis begins to wait for its data set": (p, w) => {
      const { datasetId } = w.upload;
      return awaitDataset(p, { ...w.order, datasetId, runId: newRunId(), modelId: w.models[0]!.modelId });
    },
    "starting a diagnosis that waited": async (p, w) => {
      const order = { ...w.order, runId: newRunId(), modelId: w.models[0]!.modelId };
      const waiting = { ...queueDiagnosis(order, now.toISOString()), awaitsDataset: true };
      await ports.models.addUser(w.workspaceId, order.modelId, order.runId);
      await ports.runs.create(waiting);
      await startAwaiting(p, waiting);
    },
    "starting an adaptation": async (p, w) => {
      const labelledDatasetId = await labelled(w.workspaceId);
      const modelId = w.models[0]!.modelId;
      await startAdaptation(p, { ...w.order, ...adaptation, modelId, labelledDatasetId, runId: newRunId() });
    },
    "cancelling an adaptation": async (p, w) => {
      await cancelRun(p, w.workspaceId, (await adapting(w)).runId, "user");
    },
    "registering an adapted model": async (p, w) => {
      const run = await adapting(w);
      await registerAdaptation(p, run, adaptedResults(run));
    },
    "cancelling a training": (p, w) => cancelRun(p, w.workspaceId, w.running.runId, "user"),
    "cancelling a diagnosis": (p, w) => cancelRun(p, w.workspaceId, w.asked.runId, "user"),
    "registering a model": (p, w) => registerModel(p, w.trained, "drop"),
    "failing silent runs": async (p, w) => {
      now = new Date(now.getTime() + 2 * heartbeatSeconds * 1000);
      for (const run of [w.running, w.asked]) await sweepRun(p, run, heartbeatSeconds);
    },
    "activating another model": (p, w) => {
      return activateModel(p, { workspaceId: w.workspaceId, modelId: w.models[1]!.modelId, userId: "user" });
    },
    "deleting a model": async (p, w) => {
      await cancelRun(ports, w.workspaceId, w.asked.runId, "user");
      await deleteModel(p, w.workspaceId, w.models[1]!.modelId);
    },
    "beginning a validation": (p, w) => beginValidation(p, w.workspaceId, w.upload.datasetId),
    "giving up an upload": (p, w) => deleteDataset(p, w.workspaceId, w.upload.datasetId),
    "accepting a drop": (p, w) =>
      acceptDrop(p, { ...w.drop, sizeBytes: 8, sequencer: "1" }, { maxFileBytes: 1_000, maxStorageBytes: 10_000 }),
  };

  async function all(workspaceId: string) {
    const datasets: Dataset[] = [];
    for (const status of datasetStatuses)
      datasets.push(...(await ports.datasets.list(workspaceId, { status }, { limit: 100 })).items);
    const { items: runs } = await ports.runs.list(workspaceId, {}, { limit: 100 });
    const { items: models } = await ports.models.list(workspaceId, {}, { limit: 100 });
    return { datasets, runs, models };
  }

  /** What the sweeper does each minute, long after the crash: nobody works on anything. */
  async function sweep(workspaceId: string): Promise<void> {
    now = new Date(now.getTime() + 7 * 3_600_000);
    for (const { action, input } of services.calls)
      if (action === "StartExecution" && input.name) services.executions.set(input.name, "RUNNING");
    const mine = (record: Run | Dataset) => record.workspaceId === workspaceId;
    for (let i = 0; i < 3; i++) {
      const before = new Date(now.getTime() - heartbeatSeconds * 1000).toISOString();
      for await (const run of ports.runs.listActive()) if (mine(run)) await sweepRun(ports, run, heartbeatSeconds);
      for (const dataset of (await ports.datasets.listStale(before, 500)).filter(mine))
        await sweepDataset(ports, dataset);
      now = new Date(now.getTime() + 3_600_000);
    }
  }

  /** Nobody works on anything any more, and what has succeeded is whole. @returns the active model */
  async function expectSettled(w: World, place: string) {
    const { datasets, runs, models } = await all(w.workspaceId);
    expect(runs.filter(isActive), place).toEqual([]);
    for (const { status } of datasets) expect(["ready", "rejected"], place).toContain(status);
    const modelIds = models.map(({ modelId }) => modelId);
    const workspace = (await ports.workspaces.find(w.workspaceId))!;
    expect(modelIds, place).toContain(workspace.activeModelId);
    for (const run of runs)
      if (makesModel(run) && run.status === "succeeded") expect(modelIds, place).toContain(modelIdOfRun(run.runId));
    return { workspace, datasets, modelIds };
  }

  /** All that is not in use can be deleted; what is, not. */
  async function expectNothingHeld(w: World, { workspace, datasets, modelIds }: Settled, place: string) {
    await expect(deleteDataset(ports, w.workspaceId, w.datasetId), place).rejects.toThrow("in-use");
    await ports.workspaces.replace({ ...workspace, activeModelId: null, version: workspace.version + 1 });
    for (const modelId of modelIds) await deleteModel(ports, w.workspaceId, modelId);
    for (const { datasetId } of datasets) await deleteDataset(ports, w.workspaceId, datasetId);
  }
  type Settled = Awaited<ReturnType<typeof expectSettled>>;

  for (const [name, work] of Object.entries(scenarios)) {
    it(`while ${name} leaves nothing stuck and nothing held`, async () => {
      let finished = false;
      for (let writes = 0; !finished && writes < maxWrites; writes++) {
        const w = await world();
        const place = `${name}, before write ${writes + 1}`;
        try {
          await work(mortal(ports, writes), w);
          finished = true;
        } catch (error) {
          if (!(error instanceof CrashError)) throw error;
        }
        await sweep(w.workspaceId);
        await expectNothingHeld(w, await expectSettled(w, place), place);
      }
      expect(finished).toBe(true);
    });
  }
});
