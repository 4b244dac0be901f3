import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import { modelIdOfRun, newModelId, newRunId } from "@systemhealer/domain/ids";
import { activeUser } from "@systemhealer/domain/model";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import { cancelRun, failRun, startRun } from "@systemhealer/domain/run";
import { activateModel } from "@systemhealer/domain/use-cases/activate-model";
import { startAwaiting } from "@systemhealer/domain/use-cases/await-dataset";
import { cancelRun as cancelAndClear } from "@systemhealer/domain/use-cases/cancel-run";
import { deleteDataset } from "@systemhealer/domain/use-cases/delete-dataset";
import { deleteModel } from "@systemhealer/domain/use-cases/delete-model";
import { endRun } from "@systemhealer/domain/use-cases/end-run";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { registerModel } from "@systemhealer/domain/use-cases/register-model";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import { sweepRun } from "@systemhealer/domain/use-cases/sweep-run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { portsInTest, type TestPorts } from "../fixtures/ports.ts";
import { at, diagnosis, later, model, readying, settings, training, workspaceId } from "../fixtures/records.ts";

const failure = { code: "worker-lost" as const, parameters: {} };

describe("what is used stays, what a crash left behind goes", () => {
  let ports: TestPorts;
  let now: Date;
  let close: () => Promise<void>;
  beforeAll(async () => {
    now = new Date();
    ({ ports, close } = await portsInTest(() => now));
  });
  afterAll(() => close());

  async function readyDataset(): Promise<string> {
    const { announced, validating, ready } = readying();
    await ports.datasets.create(announced);
    await ports.datasets.replace(validating);
    await ports.datasets.replace(ready);
    await ports.objects.write(ready.objectKey, Buffer.from("1"), "text/csv");
    return ready.datasetId;
  }

  async function usersOf(datasetId: string): Promise<readonly string[]> {
    const dataset = await ports.datasets.get(workspaceId, datasetId);
    return dataset.status === "ready" ? dataset.usedBy : [];
  }

  it("of a run that is cancelled or given up nothing stays that it had written", async () => {
    const datasetId = await readyDataset();
    const written = async (run: Run) => {
      await ports.runs.create(run);
      const key = runArtefactKey(workspaceId, run.runId, "model.onnx");
      await ports.objects.write(key, Buffer.from("half a model"), "application/octet-stream");
      return { run, key };
    };
    const unwanted = await written(startRun(training(datasetId), at));
    await cancelAndClear(ports, workspaceId, unwanted.run.runId, "user");
    await expect(ports.objects.head(unwanted.key)).rejects.toBeInstanceOf(NotFoundError);
    const lost = await written(startRun(training(datasetId), at));
    expect(await sweepRun(ports, lost.run, 60)).toMatchObject({ status: "failed" });
    await expect(ports.objects.head(lost.key)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("a data set is held from the order to the end of a run", async () => {
    const datasetId = await readyDataset();
    const runId = newRunId();
    const order = { workspaceId, runId, datasetId, name: "run", origin: "api" as const, createdBy: "user", settings };
    await startTraining(ports, order);
    await startTraining(ports, order);
    await expect(deleteDataset(ports, workspaceId, datasetId)).rejects.toMatchObject({ parameters: { user: runId } });
    await endRun(ports, workspaceId, runId, (run) => cancelRun(run, "user", at));
    await deleteDataset(ports, workspaceId, datasetId);
    await expect(deleteDataset(ports, workspaceId, datasetId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("a diagnosis that is cancelled just as its data set becomes ready does not hold that", async () => {
    const datasetId = await readyDataset();
    const waiting = { ...diagnosis(datasetId), awaitsDataset: true };
    await ports.runs.create(waiting);
    await endRun(ports, workspaceId, waiting.runId, (run) => cancelRun(run, "user", at));
    expect(await startAwaiting(ports, waiting)).toBeUndefined();
    expect(await usersOf(datasetId)).toEqual([]);
    expect(await ports.runs.get(workspaceId, waiting.runId)).toMatchObject({ status: "cancelled" });
  });

  it("of two ends of a run one counts, and the loser is told which", async () => {
    const run = startRun(training(await readyDataset()), at);
    await ports.runs.create(run);
    const ends = await Promise.all([
      endRun(ports, workspaceId, run.runId, (stored) => failRun(stored, failure, at)),
      endRun(ports, workspaceId, run.runId, (stored) => cancelRun(stored, "user", at)),
    ]);
    expect(ends.map(({ won }) => won).sort()).toEqual([false, true]);
    expect(ends[0]!.run.status).toBe(ends[1]!.run.status);
  });

  it("names of runs that ended, or never came to be, do not hold a data set for ever", async () => {
    const datasetId = await readyDataset();
    const ended = failRun(training(datasetId), failure, at);
    await ports.runs.create(ended);
    for (const user of [ended.runId, newRunId(), newModelId()])
      await ports.datasets.addUser(workspaceId, datasetId, user);
    now = new Date();
    await expect(deleteDataset(ports, workspaceId, datasetId)).rejects.toBeInstanceOf(ConflictError);
    now = new Date(Date.now() + 16 * 60_000);
    await deleteDataset(ports, workspaceId, datasetId);
    now = new Date();
  });

  it("a model that is being registered holds its data set, however long it was trained", async () => {
    const datasetId = await readyDataset();
    const run = startRun(training(datasetId), at);
    const modelId = modelIdOfRun(run.runId);
    await ports.runs.create(run);
    for (const user of [run.runId, modelId]) await ports.datasets.addUser(workspaceId, datasetId, user);
    now = new Date(Date.now() + 60 * 60_000);
    await expect(deleteDataset(ports, workspaceId, datasetId)).rejects.toBeInstanceOf(ConflictError);
    expect(await usersOf(datasetId)).toEqual([modelId, run.runId]);
    await endRun(ports, workspaceId, run.runId, (stored) => failRun(stored, failure, at));
    await deleteDataset(ports, workspaceId, datasetId);
    now = new Date();
  });

  it("the active model and a model in use cannot go", async () => {
    const datasetId = await readyDataset();
    const [first, second] = [model({ datasetId }), model({ datasetId })];
    for (const each of [first, second]) {
      await ports.datasets.addUser(workspaceId, datasetId, each.modelId);
      await ports.models.create(each);
      await activateModel(ports, { workspaceId, modelId: each.modelId, userId: "user" });
    }
    expect(await findActiveModel(ports, workspaceId)).toMatchObject({ modelId: second.modelId, usedBy: [activeUser] });
    await expect(deleteModel(ports, workspaceId, second.modelId)).rejects.toMatchObject({ code: "model-active" });
    const run = startRun(diagnosis(datasetId, first.modelId), at);
    await ports.runs.create(run);
    await ports.models.addUser(workspaceId, first.modelId, run.runId);
    await ports.models.addUser(workspaceId, first.modelId, activeUser);
    await expect(deleteModel(ports, workspaceId, first.modelId)).rejects.toMatchObject({ code: "model-in-use" });
    await endRun(ports, workspaceId, run.runId, (stored) => failRun(stored, failure, later(1)));
    await deleteModel(ports, workspaceId, first.modelId);
    expect(await usersOf(datasetId)).toEqual([second.modelId]);
  });

  it("deleting a model again clears away what a crash left of it, and nothing else", async () => {
    const datasetId = await readyDataset();
    const trained = failRun(training(datasetId), failure, at);
    const busy = startRun(training(datasetId), at);
    const asked = failRun(diagnosis(datasetId), failure, at);
    for (const run of [trained, busy, asked]) {
      await ports.runs.create(run);
      await ports.datasets.addUser(workspaceId, datasetId, modelIdOfRun(run.runId));
      await ports.objects.write(`runs/${workspaceId}/${run.runId}/file`, Buffer.from("1"), "text/plain");
      const deleting = deleteModel(ports, workspaceId, modelIdOfRun(run.runId));
      await expect(deleting).rejects.toMatchObject({ code: "model-not-found" });
    }
    expect(await usersOf(datasetId)).toEqual([busy, asked].map(({ runId }) => modelIdOfRun(runId)).sort());
    const left = [trained, busy, asked].map(({ runId }) => ports.objects.head(`runs/${workspaceId}/${runId}/file`));
    expect((await Promise.allSettled(left)).map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  it("a model that cannot become active leaves the workspace as it was", async () => {
    const before = await ports.workspaces.find(workspaceId);
    const order = { workspaceId, modelId: newModelId(), userId: "user" };
    await expect(activateModel(ports, order)).rejects.toBeInstanceOf(NotFoundError);
    expect(await ports.workspaces.find(workspaceId)).toEqual(before);
  });

  it("a run that was cancelled while it registered its model keeps none", async () => {
    const datasetId = await readyDataset();
    const run = startRun(training(datasetId), at);
    await ports.runs.create(run);
    await ports.runs.replace(cancelRun(run, "user", at));
    const made = model({ datasetId, trainingRunId: run.runId, modelId: run.runId.replace("run-", "mdl-") });
    expect(await registerModel(ports, made, "api")).toMatchObject({ status: "cancelled" });
    await expect(ports.models.get(workspaceId, made.modelId)).rejects.toBeInstanceOf(NotFoundError);
    expect(await usersOf(datasetId)).toEqual([]);
  });

  it("a drop's model becomes active even where there is one", async () => {
    const datasetId = await readyDataset();
    for (const [origin, becomesActive] of [
      ["api", false],
      ["drop", true],
    ] as const) {
      const run = startRun(training(datasetId, { origin }), at);
      await ports.runs.create(run);
      const made = model({ datasetId, trainingRunId: run.runId, modelId: run.runId.replace("run-", "mdl-") });
      await registerModel(ports, made, origin);
      await registerModel(ports, made, origin);
      expect((await findActiveModel(ports, workspaceId))?.modelId === made.modelId).toBe(becomesActive);
    }
  });
});
