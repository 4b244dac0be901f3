import { SFNClient } from "@aws-sdk/client-sfn";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import { modelIdOfRun, newModelId, newRunId } from "@systemhealer/domain/ids";
import { activeUser } from "@systemhealer/domain/model";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { cancelRun, failRun, startRun } from "@systemhealer/domain/run";
import { activateModel } from "@systemhealer/domain/use-cases/activate-model";
import { deleteDataset } from "@systemhealer/domain/use-cases/delete-dataset";
import { deleteModel } from "@systemhealer/domain/use-cases/delete-model";
import { endRun } from "@systemhealer/domain/use-cases/end-run";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import { registerModel } from "@systemhealer/domain/use-cases/register-model";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import { dynamoDatasetStore } from "@systemhealer/platform/dynamo-dataset-store";
import { dynamoModelStore } from "@systemhealer/platform/dynamo-model-store";
import { dynamoRunStore } from "@systemhealer/platform/dynamo-run-store";
import { dynamoWorkspaceStore } from "@systemhealer/platform/dynamo-workspace-store";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { s3Transfers } from "@systemhealer/platform/s3-transfers";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordingServices, recordingServices } from "../../functions/fixtures/recording-services.ts";
import { dynaliteTable } from "../../platform/fixtures/dynalite-table.ts";
import { bucket, localBucket } from "../../platform/fixtures/local-bucket.ts";
import { at, diagnosis, later, model, readying, settings, training, workspaceId } from "../fixtures/records.ts";

const failure = { code: "worker-lost" as const, parameters: {} };

describe("what is used stays, what a crash left behind goes", () => {
  let ports: Omit<Ports, "alerts" | "members" | "accounts" | "audit">;
  let services: RecordingServices;
  let now: Date;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const [dynamo, local] = await Promise.all([dynaliteTable(), localBucket()]);
    services = await recordingServices();
    const client = new SFNClient({
      region: "eu-central-1",
      endpoint: services.url,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    const arn = "arn:aws:states:eu-central-1:000000000000:stateMachine:any";
    ports = {
      datasets: dynamoDatasetStore(dynamo.table),
      models: dynamoModelStore(dynamo.table),
      runs: dynamoRunStore(dynamo.table),
      workspaces: dynamoWorkspaceStore(dynamo.table),
      objects: s3ObjectStore(bucket, local.client),
      transfers: s3Transfers(bucket, { downloadSeconds: 60 }, local.client),
      workflows: stepFunctionsWorkflows({ ingest: arn, training: arn, diagnosis: arn }, client),
      clock: () => now,
    };
    closing.push(dynamo.close, local.close, services.close);
    now = new Date();
  });
  afterAll(() => Promise.all(closing.map((close) => close())));

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
