import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnosis, later, model, readying, training, uploading } from "../domain/fixtures/records.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("names, notes and tags", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  async function readyDataset() {
    const { announced, validating, ready } = readying();
    await system.datasets.create(announced);
    await system.datasets.replace(validating);
    await system.datasets.replace(ready);
    return ready;
  }

  it("are changed on data sets, models and runs, and taken away again", async () => {
    const dataset = await readyDataset();
    const stored = model();
    const run = training(dataset.datasetId);
    await Promise.all([system.models.create(stored), system.runs.create(run)]);
    const body = { revision: 0, name: " night ", notes: "of the\nbig load", tags: ["load", "a b", "load"] };
    const { datasetId } = dataset;
    const answers = [
      await call(api, "updateDataset", { datasetId, body }),
      await call(api, "updateModel", { modelId: stored.modelId, body }),
      await call(api, "updateRun", { runId: run.runId, body }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 200,
        body: {
          name: "night",
          notes: "of the\nbig load",
          tags: ["load", "a b"],
          revision: 1,
          edited: { userId: "user-1", email: "user@example.com" },
        },
      });
    }
    const plain = { revision: 1, notes: "", tags: [] };
    const bare = await call(api, "updateDataset", { datasetId, body: plain });
    expect(bare).toMatchObject({ status: 200, body: { name: "night", revision: 2, version: dataset.version } });
    expect(Object.keys(bare.body)).not.toEqual(expect.arrayContaining(["notes"]));
    expect(Object.keys(bare.body)).not.toEqual(expect.arrayContaining(["tags"]));
  });

  it("of two people who looked at the same, the second is told who was quicker", async () => {
    const { datasetId } = await readyDataset();
    await call(api, "updateDataset", { datasetId, body: { revision: 0, name: "first" } });
    const late = await call(api, "updateDataset", { datasetId, body: { revision: 0, name: "second" } });
    expect(late).toMatchObject({
      status: 409,
      body: { code: "edited-meanwhile", parameters: { record: "first", user: "user@example.com", revision: 1 } },
    });
    expect((await call(api, "getDataset", { datasetId })).body.name).toBe("first");
    const stale = await call(api, "updateDataset", { datasetId, body: { revision: 7, name: "x" } });
    expect(stale.status).toBe(409);
  });

  it("neither stop the work on a record nor get lost by it", async () => {
    const { announced, validating, ready } = readying();
    const { datasetId } = announced;
    await system.datasets.create(announced);
    await call(api, "updateDataset", { datasetId, body: { revision: 0, name: "renamed", tags: ["kept"] } });
    await system.datasets.replace(validating);
    await call(api, "updateDataset", { datasetId, body: { revision: 1, notes: "kept, too" } });
    await system.datasets.replace(ready);
    const { body } = await call(api, "getDataset", { datasetId });
    expect(body).toMatchObject({ status: "ready", name: "renamed", tags: ["kept"], notes: "kept, too", revision: 2 });

    const run = diagnosis();
    await system.runs.create(run);
    await call(api, "updateRun", { runId: run.runId, body: { revision: 0, tags: ["kept"] } });
    const progress = { stage: "diagnosing" as const, fraction: 0, curve: [] };
    const running = { ...run, version: 2, status: "running" as const, startedAt: later(1), heartbeatAt: later(1) };
    await system.runs.replace({ ...running, progress });
    expect(await system.runs.get("w-test", run.runId)).toMatchObject({ status: "running", tags: ["kept"] });
  });

  it("lists hold only what has the tag that is asked for", async () => {
    const dataset = await readyDataset();
    const stored = model();
    const run = training(dataset.datasetId);
    await Promise.all([readyDataset(), system.models.create(stored), system.runs.create(run)]);
    const body = { revision: 0, tags: ["only this", "other"] };
    await call(api, "updateDataset", { datasetId: dataset.datasetId, body });
    await call(api, "updateModel", { modelId: stored.modelId, body });
    await call(api, "updateRun", { runId: run.runId, body });
    const query = { tag: "only this" };
    const ids = async (name: "listDatasets" | "listModels" | "listRuns", id: string) =>
      (await call(api, name, { query })).body.items.map((item: Record<string, string>) => item[id]);
    expect(await ids("listDatasets", "datasetId")).toEqual([dataset.datasetId]);
    expect(await ids("listModels", "modelId")).toEqual([stored.modelId]);
    expect(await ids("listRuns", "runId")).toEqual([run.runId]);
    expect((await call(api, "listRuns", { query: { tag: "only" } })).body.items).toEqual([]);
  });

  it("have limits, and need a role that may change", async () => {
    const announced = uploading();
    await system.datasets.create(announced);
    const { datasetId } = announced;
    const bad = [
      { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) },
      { tags: ["x".repeat(41)] },
      { tags: [" "] },
      { name: " " },
      { name: "x".repeat(201) },
      { notes: "x".repeat(5_001) },
    ];
    for (const change of bad) {
      const answer = await call(api, "updateDataset", { datasetId, body: { revision: 0, ...change } });
      expect(answer).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    }
    const body = { revision: 0, name: "x" };
    expect(await call(api, "updateDataset", { datasetId, body }, { groups: "[viewer]" })).toMatchObject({
      status: 403,
    });
    expect(await call(api, "updateDataset", { datasetId, body }, { workspaceId: "w-other" })).toMatchObject({
      status: 404,
    });
  });

  it("activating a model names the one that was active, so that it can be made active again", async () => {
    const [one, two] = [model(), model()];
    await Promise.all([system.models.create(one), system.models.create(two)]);
    const first = await call(api, "activateModel", { modelId: one.modelId });
    const second = await call(api, "activateModel", { modelId: two.modelId });
    const undone = await call(api, "activateModel", { modelId: second.body.formerActiveModelId });
    expect(first.body).toMatchObject({ active: true, formerActiveModelId: null });
    expect(undone.body).toMatchObject({ modelId: one.modelId, active: true, formerActiveModelId: two.modelId });
  });
});
