import { Model } from "@systemhealer/contract/model";
import type { RunStage } from "@systemhealer/contract/run";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { simulate } from "@systemhealer/simulator/simulate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adaptRun } from "../../containers/trainer/src/adapt-run.ts";
import { UnwantedRunError } from "../../containers/trainer/src/replace-run.ts";
import { trainRun } from "../../containers/trainer/src/train-run.ts";
import { readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const options = {
  heartbeatSeconds: 60,
  threads: 2,
  signal: new AbortController().signal,
  onBeatError: (error: unknown) => {
    throw error;
  },
};
const learner = { learner: "extra-trees" as const, trees: 30 };

async function simulated(order: Parameters<typeof simulate>[0]): Promise<Buffer> {
  const parts: string[] = [];
  for await (const part of simulate({ severity: 0.9, ...order })) parts.push(part);
  return Buffer.from(parts.join(""));
}

/** The first rows of a labelled file. */
function few(bytes: Buffer, rows: number): Buffer {
  return Buffer.from(
    `${bytes
      .toString()
      .split("\n")
      .slice(0, rows + 1)
      .join("\n")}\n`,
  );
}

/** The file as if nobody had diagnosed it. */
function withoutLabels(bytes: Buffer): Buffer {
  const [header = "", ...rows] = bytes.toString().trimEnd().split("\n");
  const label = header.split(",").indexOf("label");
  const cut = (line: string) => line.split(",").filter((_, column) => column !== label);
  return Buffer.from(`${[header, ...rows].map((line) => cut(line).join(",")).join("\n")}\n`);
}

// Several learners are fitted each time: on a busy machine that takes its time.
describe("from a model and the unlabelled rows of another environment to a model for it", { timeout: 300_000 }, () => {
  let system: TestSystem;
  let ports: Parameters<typeof adaptRun>[0];
  let api: typeof import("../../functions/api/main.ts").handler;
  let register: (runId: string) => Promise<void>;
  let elsewhere: Buffer;
  let trainingId: string;
  let targetId: string;
  let parentId: string;

  beforeAll(async () => {
    system = await testSystem();
    ports = { ...system, clock: () => new Date() };
    api = (await import("../../functions/api/main.ts")).handler;
    const { handler } = await import("../../functions/workflow/register-model.ts");
    register = (runId) => handler({ workspaceId, runId });
    elsewhere = await simulated({ rows: 120, seed: 2, shift: 2 });
    trainingId = await readyDatasetOf(system, await simulated({ rows: 360, seed: 1 }), { purpose: "training" });
    targetId = await readyDatasetOf(system, withoutLabels(elsewhere), { purpose: "diagnosis" });
    parentId = await trained({});
  }, 300_000);
  afterAll(() => system.close());

  async function trained(settings: object): Promise<string> {
    const order = { datasetId: trainingId, settings: TrainingSettings.parse({ learner, map: "none", ...settings }) };
    const { body } = await call(api, "createTrainingRun", { body: order });
    await trainRun(ports, workspaceId, body.runId, options);
    await register(body.runId);
    return (await call(api, "getRun", { runId: body.runId })).body.result.modelId;
  }

  async function order(body: Partial<Parameters<typeof call<"createAdaptationRun">>[2]["body"]> = {}): Promise<string> {
    const created = await call(api, "createAdaptationRun", {
      body: { datasetId: targetId, modelId: parentId, ...body },
    });
    expect(created).toMatchObject({ status: 202, body: { status: "queued", kind: "adaptation" } });
    return created.body.runId;
  }

  const usersOf = async (datasetId: string) => {
    const { body } = await call(api, "getDataset", { datasetId });
    return body.usedBy as string[];
  };

  it("the run makes a model, tells how sure it is, and has diagnosed the rows", async () => {
    const runId = await order({ name: "elsewhere" });
    expect(system.services.calls).toContainEqual(
      expect.objectContaining({ action: "StartExecution", input: expect.objectContaining({ name: runId }) }),
    );
    expect((await call(api, "deleteModel", { modelId: parentId })).status).toBe(409);
    expect((await call(api, "getModel", { modelId: parentId })).body.usedBy).toContain(runId);
    expect(await usersOf(targetId)).toContain(runId);
    await adaptRun(ports, workspaceId, runId, options);
    await register(runId);

    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({
      status: "succeeded",
      modelId: parentId,
      settings: { seed: 0 },
      progress: { stage: "registering" satisfies RunStage, fraction: 1 },
      result: { rows: 120, labelledRows: 0, expectedAccuracy: { value: expect.any(Number) } },
    });
    const { modelId, verdict, expectedAccuracy } = run.result;
    expect(modelId).not.toBe(parentId);
    expect(["reliable", "usable", "doubtful"]).toContain(verdict);

    const { body: model } = await call(api, "getModel", { modelId });
    expect(model).toMatchObject({
      name: "elsewhere",
      adaptedFrom: parentId,
      adaptation: { verdict, expectedAccuracy, labelledRows: 0, rows: 120 },
      carriesSample: true,
      accuracy: expectedAccuracy.value,
      trainingRunId: runId,
      datasetId: targetId,
      active: false,
    });
    const { body: summary } = await call(api, "getModelSummary", { modelId });
    expect(summary.report).toBeUndefined();
    expect(summary.card.adaptedFrom).toMatchObject({ rows: 120, labelledRows: 0 });
    expect(summary.adaptation).toEqual((await call(api, "getRunAdaptation", { runId })).body);
    expect(summary.adaptation).toMatchObject({
      verdict,
      rows: 120,
      labelledRowsInFile: 0,
      shift: { verdict: "other" },
    });

    const { body: page } = await call(api, "getRunResults", { runId, query: { limit: 200 } });
    expect(page.totalRows).toBe(120);
    const diagnosed = page.items.map(({ diagnosis }: { diagnosis: string }) => diagnosis);
    const [header = "", ...rows] = elsewhere.toString().trimEnd().split("\n");
    const labelColumn = header.split(",").indexOf("label");
    const actual = rows.map((row) => row.split(",")[labelColumn]);
    const right = diagnosed.filter((name: string, row: number) => name === actual[row]).length / 120;
    // Of six classes, as 120 rows after 360 allow.
    expect(right).toBeGreaterThan(0.5);
    expect((await call(api, "getRunSummary", { runId })).body).toMatchObject({
      rows: 120,
      classes: run.result.classes,
    });
    expect((await call(api, "getRunSample", { runId })).body.points).toHaveLength(120);

    expect((await call(api, "getModel", { modelId: parentId })).body.usedBy).toEqual(["active"]);
    expect(await usersOf(targetId)).toEqual([modelId]);
    await register(runId);
    expect((await call(api, "getRun", { runId })).body.version).toBe(run.version);

    expect((await call(api, "deleteModel", { modelId })).status).toBe(204);
    expect(await usersOf(targetId)).toEqual([]);
    expect((await call(api, "getRunAdaptation", { runId })).body.verdict).toBe(verdict);
    await expect(system.objects.head(`runs/${workspaceId}/${runId}/model.onnx`)).rejects.toThrow();
  });

  it("labelled rows of the same environment are used, held, and told of", async () => {
    const labelled = await readyDatasetOf(system, few(elsewhere, 30), { purpose: "diagnosis" });
    const runId = await order({ labelledDatasetId: labelled, settings: { seed: 7 } });
    expect(await usersOf(labelled)).toEqual([runId]);
    await adaptRun(ports, workspaceId, runId, options);
    await register(runId);
    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({ labelledDatasetId: labelled, settings: { seed: 7 }, result: { labelledRows: 30 } });
    expect((await call(api, "getRunAdaptation", { runId })).body.labelledRowsInFile).toBe(30);
    expect((await call(api, "getModelSummary", { modelId: run.result.modelId })).body.card.adaptedFrom).toMatchObject({
      labelledRows: 30,
    });
    expect(await usersOf(labelled)).toEqual([]);
  });

  it("rows of the training's own environment leave the model as it is, and make no other", async () => {
    const same = await readyDatasetOf(system, await simulated({ rows: 120, seed: 3 }), { purpose: "diagnosis" });
    const before = (await call(api, "listModels", {})).body.items.length;
    const runId = await order({ datasetId: same });
    await adaptRun(ports, workspaceId, runId, options);
    await register(runId);
    expect((await call(api, "getRun", { runId })).body).toMatchObject({
      status: "succeeded",
      result: { modelId: parentId, verdict: "unchanged", expectedAccuracy: null, rows: 120 },
    });
    expect((await call(api, "listModels", {})).body.items).toHaveLength(before);
    // Labels of the file were not looked at by the adaptation, so it can be scored on them; chance is one in six.
    expect((await call(api, "getRunSummary", { runId })).body.evaluation.accuracy).toBeGreaterThan(0.5);
    expect((await call(api, "getModel", { modelId: parentId })).body.usedBy).toEqual(["active"]);
  });

  it("a model without training rows is refused in words, or the run fails with them where that was not noted", async () => {
    const modelId = await trained({ keepSample: false });
    const answer = await call(
      api,
      "createAdaptationRun",
      { body: { datasetId: targetId, modelId } },
      { language: "zh" },
    );
    expect([answer.status, answer.body.code]).toEqual([409, "model-without-sample"]);
    expect(answer.body.detail).toContain(modelId);

    const { carriesSample, ...old } = Model.parse(await system.models.get(workspaceId, modelId));
    expect(carriesSample).toBe(false);
    const oldId = modelId.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    await system.models.create({ ...old, modelId: oldId, usedBy: [] });
    const runId = await order({ modelId: oldId });
    await expect(adaptRun(ports, workspaceId, runId, options)).rejects.toThrow();
    expect((await call(api, "getRun", { runId })).body).toMatchObject({
      status: "failed",
      failure: { code: "model-unusable", parameters: { reason: "adapt-no-sample" } },
    });
    const retried = await call(api, "retryRun", { runId });
    expect(retried).toMatchObject({ status: 202, body: { kind: "adaptation", retryOf: runId, modelId: oldId } });
    await call(api, "cancelRun", { runId: retried.body.runId });
  });

  it("rows that cannot be adapted to fail the run in words, and nothing stays", async () => {
    const failureOf = async (bytes: Buffer, labelled?: Buffer) => {
      const datasetId = await readyDatasetOf(system, bytes, { purpose: "diagnosis" });
      const labelledDatasetId = labelled && (await readyDatasetOf(system, labelled, { purpose: "diagnosis" }));
      const runId = await order({ datasetId, ...(labelledDatasetId && { labelledDatasetId }) });
      await expect(adaptRun(ports, workspaceId, runId, options)).rejects.toThrow();
      const { body } = await call(api, "getRun", { runId });
      expect(body.status).toBe("failed");
      expect(await usersOf(datasetId)).toEqual([]);
      return body.failure;
    };
    expect(await failureOf(few(elsewhere, 12))).toMatchObject({
      code: "data-unusable",
      parameters: { reason: "adapt-too-few-rows", rows: 12 },
    });
    const [header, row = ""] = elsewhere.toString().split("\n");
    const torn = Buffer.from(`${header}\n${row.replace(/[^,]*$/, "1")}\n${row.replace(/[^,]*$/, "2")}\n`);
    expect(await failureOf(elsewhere, torn)).toMatchObject({
      code: "data-unusable",
      parameters: { reason: "adapt-contradicting-labels", rows: 1, pairs: "1 (1) / 2 (2)" },
    });
    const strange = Buffer.from(
      `alpha,beta\n${Array.from({ length: 50 }, (_, row) => `${row},${row % 7}`).join("\n")}\n`,
    );
    expect(await failureOf(strange)).toMatchObject({ code: "columns-do-not-match", parameters: { found: 0 } });
  });

  it("what is not there, not ready, without labels or too much for the role is refused, and nothing stays held", async () => {
    const answer = async (body: object, groups = "[operator]") => {
      const input = { body: { datasetId: targetId, modelId: parentId, ...body } };
      const { status, body: problem } = await call(api, "createAdaptationRun", input, { groups });
      return [status, problem.code];
    };
    const nowhere = targetId.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const before = await usersOf(targetId);
    expect(await answer({ datasetId: nowhere })).toEqual([404, "dataset-not-found"]);
    expect(await answer({ labelledDatasetId: nowhere })).toEqual([404, "dataset-not-found"]);
    expect(await answer({ labelledDatasetId: targetId })).toEqual([409, "dataset-without-labels"]);
    expect(await answer({ modelId: parentId.replace(/.$/, (last) => (last === "0" ? "1" : "0")) })).toEqual([
      404,
      "model-not-found",
    ]);
    expect((await answer({}, "[viewer]"))[0]).toBe(403);
    expect((await answer({ settings: { seed: -1 } }))[0]).toBe(400);
    expect(await usersOf(targetId)).toEqual(before);
  });

  it("without a model the active one is adapted", async () => {
    const { status, body } = await call(api, "createAdaptationRun", { body: { datasetId: targetId } });
    expect([status, body.modelId]).toEqual([202, parentId]);
    await call(api, "cancelRun", { runId: body.runId });
  });

  it("a cancelled adaptation is not worked on, and gives what it held free", async () => {
    const runId = await order();
    expect((await call(api, "getRunAdaptation", { runId })).body.code).toBe("run-has-no-results");
    expect((await call(api, "cancelRun", { runId })).body.status).toBe("cancelled");
    await expect(adaptRun(ports, workspaceId, runId, options)).rejects.toThrow(UnwantedRunError);
    await register(runId);
    expect((await call(api, "getRun", { runId })).body.status).toBe("cancelled");
    expect(await usersOf(targetId)).not.toContain(runId);
  });

  it("an adaptation that is cancelled while it works stops", async () => {
    const runId = await order();
    const work = adaptRun(ports, workspaceId, runId, { ...options, heartbeatSeconds: 0.2 });
    const stopped = expect(work).rejects.toThrow(UnwantedRunError);
    const stage = async () => (await call(api, "getRun", { runId })).body.progress?.stage;
    await expect.poll(stage, { timeout: 120_000 }).toBe("adapting");
    await call(api, "cancelRun", { runId });
    await stopped;
    expect((await call(api, "getModel", { modelId: parentId })).body.usedBy).toEqual(["active"]);
  });
});
