import { createHash } from "node:crypto";
import { modelIdOfRun } from "@systemhealer/domain/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UnwantedRunError } from "../../containers/trainer/src/replace-run.ts";
import { trainRun } from "../../containers/trainer/src/train-run.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { registerModel, trainerOptions, workOnTraining } from "./fixtures/run-work.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const quick = {
  learner: { learner: "mlp" as const, hiddenUnits: [12], epochs: 40, learningRate: 0.01 },
  selection: "none" as const,
};

describe("from a data set to a model", () => {
  let system: TestSystem;
  let ports: Parameters<typeof trainRun>[0];
  let api: typeof import("../../functions/api/main.ts").handler;
  let datasetId: string;

  beforeAll(async () => {
    system = await testSystem();
    ports = { ...system, clock: () => new Date() };
    api = (await import("../../functions/api/main.ts")).handler;
    datasetId = await readyDatasetOf(system, labelledCsv(600));
  });
  afterAll(() => system.close());

  async function order(body: Parameters<typeof call<"createTrainingRun">>[2]["body"]): Promise<string> {
    const created = await call(api, "createTrainingRun", { body });
    expect(created).toMatchObject({ status: 202, body: { status: "queued", kind: "training" } });
    return created.body.runId;
  }

  async function train(): Promise<string> {
    const runId = await order({ datasetId, settings: quick, force: true });
    await workOnTraining(system, runId);
    return runId;
  }

  it("a training leaves a checked model, which becomes active as the first", async () => {
    const runId = await train();
    expect(system.services.calls).toContainEqual(
      expect.objectContaining({ action: "StartExecution", input: expect.objectContaining({ name: runId }) }),
    );
    await registerModel(runId);
    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({ status: "succeeded", attempts: [{ number: 1, outcome: "succeeded" }] });
    expect(run.result.macroF1).toBeGreaterThan(0.9);
    expect(run.progress.curve.length).toBeGreaterThan(0);
    const { modelId } = run.result;
    const { body: model } = await call(api, "getModel", { modelId });
    expect(model).toMatchObject({ active: true, usedBy: ["active"], datasetId, trainingRunId: runId });
    const { body: summary } = await call(api, "getModelSummary", { modelId });
    expect(summary.card.features.map(({ name }: { name: string }) => name)).toEqual(["cpu", "disk", "net"]);
    const download = await call(api, "downloadModel", { modelId, body: { artefact: "model.onnx" } });
    const bytes = new Uint8Array(await (await fetch(download.body.url)).arrayBuffer());
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(download.body.sha256);
    expect((await call(api, "deleteModel", { modelId })).body.code).toBe("model-active");
    expect((await call(api, "deleteDataset", { datasetId })).body).toMatchObject({
      code: "dataset-in-use",
      parameters: { user: modelId },
    });
  });

  it("a second model waits to be activated; then the first one can go", async () => {
    const second = modelIdOfRun(await train());
    const { body: list } = await call(api, "listModels", {});
    expect(list.items.map(({ active }: { active: boolean }) => active)).toEqual([false, true]);
    expect((await call(api, "activateModel", { modelId: second })).body.active).toBe(true);
    const first = list.items[1].modelId;
    expect((await call(api, "deleteModel", { modelId: first })).status).toBe(204);
    expect((await call(api, "getModel", { modelId: first })).status).toBe(404);
    expect((await system.datasets.get(workspaceId, datasetId)) as object).toMatchObject({ usedBy: [second] });
  });

  it("a training whose file has changed fails with that reason", async () => {
    const changedId = await readyDatasetOf(system, labelledCsv(60));
    await system.objects.write(`uploads/w-test/${changedId}/source`, labelledCsv(61), "text/csv");
    const runId = await order({ datasetId: changedId, settings: quick });
    await expect(trainRun(ports, workspaceId, runId, trainerOptions)).rejects.toMatchObject({ code: "data-changed" });
    expect(await system.runs.get(workspaceId, runId)).toMatchObject({
      status: "failed",
      failure: { code: "data-changed" },
      attempts: [{ outcome: "failed", failure: { code: "data-changed" } }],
    });
    expect(await system.datasets.get(workspaceId, changedId)).toMatchObject({ usedBy: [] });
    await expect(trainRun(ports, workspaceId, runId, trainerOptions)).rejects.toBeInstanceOf(UnwantedRunError);
  });

  it("a cancelled training stops by itself, registers nothing, and can be retried", async () => {
    const runId = await order({ datasetId, settings: { learner: { ...quick.learner, epochs: 5000, patience: 5000 } } });
    system.services.executions.set(runId, "RUNNING");
    const work = trainRun(ports, workspaceId, runId, trainerOptions);
    const stopped = expect(work).rejects.toBeInstanceOf(UnwantedRunError);
    for (let i = 0; i < 500; i++) {
      const run = await system.runs.get(workspaceId, runId);
      if (run.status === "running" && run.progress.stage === "fitting") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await call(api, "cancelRun", { runId })).body).toMatchObject({
      status: "cancelled",
      cancelledBy: "user-1",
    });
    expect((await call(api, "cancelRun", { runId })).status).toBe(200);
    expect(system.services.calls.at(-1)).toMatchObject({ action: "StopExecution" });
    await stopped;
    await registerModel(runId);
    expect((await call(api, "getModel", { modelId: modelIdOfRun(runId) })).status).toBe(404);
    const retried = await call(api, "retryRun", { runId });
    expect(retried).toMatchObject({ status: 202, body: { retryOf: runId, status: "queued" } });
    expect((await call(api, "retryRun", { runId: retried.body.runId })).body.code).toBe("run-not-retryable");
  });

  it("the preparation is chosen anew for the same data, and each report says what was done", async () => {
    const choices = [
      { scaler: "robust" as const, imputer: "median" as const, selection: "none" as const },
      { scaler: "standard" as const, imputer: "mean" as const, selection: "fisher" as const, keepFeatures: 2 },
    ];
    const prepared = async (choice: (typeof choices)[number], outlierLimit: number) => {
      const settings = { learner: { learner: "linear" as const, iterations: 20 }, map: "none" as const, outlierLimit };
      const runId = await order({ datasetId, settings: { ...settings, ...choice } });
      await workOnTraining(system, runId);
      const { body } = await call(api, "getModelSummary", { modelId: modelIdOfRun(runId) });
      return { settings: body.card.settings, preparation: body.report.preparation };
    };
    for (const [place, choice] of choices.entries()) {
      const { settings, preparation } = await prepared(choice, 3 + place);
      expect(settings).toMatchObject({ ...choice, outlierLimit: 3 + place });
      expect(preparation).toMatchObject({ scaler: choice.scaler, selection: choice.selection });
      const kept = preparation.featureScores.filter((score: { kept: boolean }) => score.kept);
      expect(kept).toHaveLength(choice.keepFeatures ?? 0);
    }
  });
});
