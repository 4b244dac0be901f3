import { followUpRunId, modelIdOfRun } from "@systemhealer/domain/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { workOnTraining } from "./fixtures/run-work.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const settings = { learner: { learner: "linear" as const, iterations: 5 }, map: "none" as const };
const csv = labelledCsv(150);

describe("the same data and settings are not trained twice", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let datasetId: string;
  let modelId: string;

  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    datasetId = await readyDatasetOf(system, csv);
    modelId = await train({ datasetId, settings });
  });
  afterAll(() => system.close());

  async function train(body: Parameters<typeof call<"createTrainingRun">>[2]["body"]): Promise<string> {
    const { body: run } = await call(api, "createTrainingRun", { body });
    expect(run).toMatchObject({ status: "queued" });
    await workOnTraining(system, run.runId);
    return modelIdOfRun(run.runId);
  }

  const order = (body: Parameters<typeof call<"createTrainingRun">>[2]["body"]) =>
    call(api, "createTrainingRun", { body });

  it("the run is over at once, with the model that there is, and starts nothing", async () => {
    system.services.calls.length = 0;
    const { status, body } = await order({ datasetId, settings });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: "succeeded", reusedModelId: modelId, result: { modelId }, attempts: [] });
    expect((await call(api, "getRun", { runId: body.runId })).body).toMatchObject({ reusedModelId: modelId });
    expect(system.services.calls).toEqual([]);
    expect(await system.datasets.get(workspaceId, datasetId)).toMatchObject({ usedBy: [modelId] });
  });

  it("the same bytes are the same data, whoever sent them again", async () => {
    const again = await readyDatasetOf(system, csv);
    expect((await order({ datasetId: again, settings })).body).toMatchObject({ reusedModelId: modelId });
  });

  it("what was to follow the training follows", async () => {
    const thenDiagnose = await readyDatasetOf(system, csv, { purpose: "diagnosis" });
    await order({ datasetId, settings, thenDiagnose });
    const { body } = await call(api, "listRuns", { query: { kind: "diagnosis" } });
    expect(body.items).toMatchObject([{ modelId, datasetId: thenDiagnose, status: "queued" }]);
    await call(api, "cancelRun", { runId: body.items[0].runId });
  });

  it.each<[string, () => Promise<Parameters<typeof order>[0]>]>([
    ["other settings", async () => ({ datasetId, settings: { ...settings, seed: 1 } })],
    ["other data", async () => ({ datasetId: await readyDatasetOf(system, labelledCsv(153)), settings })],
    ["orders that say so", async () => ({ datasetId, settings, force: true })],
  ])("%s are trained", async (_, body) => {
    const { body: run } = await order(await body());
    expect(run).toMatchObject({ status: "queued" });
    expect(run.reusedModelId).toBeUndefined();
    await call(api, "cancelRun", { runId: run.runId });
  });

  it("another workspace knows nothing of it", async () => {
    expect(await system.models.findTrained("w-other", "0".repeat(64))).toBeUndefined();
    const elsewhere = await call(
      api,
      "createTrainingRun",
      { body: { datasetId, settings } },
      { workspaceId: "w-other" },
    );
    expect(elsewhere.status).toBe(404);
  });

  it("a file that was dropped again makes its model the active one", async () => {
    const other = await train({ datasetId, settings: { ...settings, seed: 2 } });
    await call(api, "activateModel", { modelId: other });
    const stored = (await system.models.get(workspaceId, modelId)).settings;
    const dropped = await readyDatasetOf(system, csv, { origin: "drop", training: { settings: stored } });
    const { handler } = await import("../../functions/workflow/start-follow-up.ts");
    await handler({ workspaceId, datasetId: dropped, status: "ready", followUp: "train" });
    const { body: run } = await call(api, "getRun", { runId: followUpRunId(dropped) });
    expect(run).toMatchObject({ origin: "drop", status: "succeeded", reusedModelId: modelId });
    expect((await call(api, "getModel", { modelId })).body.active).toBe(true);
    await call(api, "activateModel", { modelId: other });
  });

  it("a model that was deleted is not reused", async () => {
    expect((await call(api, "deleteModel", { modelId })).status).toBe(204);
    expect((await order({ datasetId, settings })).body).toMatchObject({ status: "queued" });
  });
});
