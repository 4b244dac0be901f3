import { type OperationInput, type OperationName, operations } from "@systemhealer/contract/operations";
import { type Role, roles } from "@systemhealer/contract/role";
import { newRunId } from "@systemhealer/domain/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, model, training, workspaceId } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const names = Object.keys(operations) as OperationName[];
const userId = "user-of-another-workspace";

describe("every operation of the API", () => {
  let system: TestSystem;
  let handlers: Record<string, typeof import("../../functions/api/main.ts").handler>;
  let ids: { datasetId: string; runId: string; modelId: string; userId: string };
  beforeAll(async () => {
    system = await testSystem();
    const [api, inference, importing] = await Promise.all([
      import("../../functions/api/main.ts"),
      import("../../functions/inference/rows.ts"),
      import("../../functions/inference/import.ts"),
    ]);
    handlers = { api: api.handler, inference: inference.handler, import: importing.handler };
    const datasetId = await readyDatasetOf(system, labelledCsv(20));
    const stored = model({ datasetId });
    await system.models.create(stored);
    const run = { ...training(datasetId), runId: newRunId() };
    await system.runs.create({ ...run, status: "failed", endedAt: at, failure: { code: "internal", parameters: {} } });
    await system.members.create({
      ...{ schema: "member.v1" as const, workspaceId, userId, email: "other@example.com", role: "viewer" as const },
      ...{ status: "active", version: 1, createdAt: at, createdBy: "user", updatedAt: at },
    });
    ids = { datasetId, runId: run.runId, modelId: stored.modelId, userId };
  });
  afterAll(() => system.close());

  /** What a caller would send who knows all ids. */
  function inputOf(name: OperationName): OperationInput<OperationName> {
    const { datasetId, modelId } = ids;
    const annotation = { revision: 0, name: "mine now" };
    const bodies: Partial<Record<OperationName, unknown>> = {
      createDataset: {
        ...{ fileName: "a.csv", purpose: "training", sizeBytes: 1, sha256: "0".repeat(64) },
        likeDatasetId: datasetId,
      },
      createTrainingRun: { datasetId },
      createDiagnosisRun: { datasetId, modelId },
      createClusteringRun: { datasetId },
      createAdaptationRun: { datasetId, modelId },
      labelClusters: { names: { 0: "mine" } },
      diagnoseRows: { modelId, rows: [{ cpu: 1 }] },
      completeModelImport: { name: "mine" },
      createModelImport: { sizeBytes: 1, sha256: "0".repeat(64) },
      signDatasetParts: { parts: [{ number: 1, checksum: `${"A".repeat(43)}=` }] },
      downloadDataset: { artefact: "data" },
      downloadRun: { artefact: "results.csv" },
      downloadModel: { artefact: "model.onnx" },
      inviteMember: { email: "new@example.com", role: "admin" },
      updateMember: { version: 1, role: "admin" },
      updateQuotas: { version: 1 },
      updateDataset: annotation,
      updateRun: annotation,
      updateModel: annotation,
    };
    return { ...ids, ...(operations[name].body && { body: bodies[name] }) } as never;
  }

  const send = (name: OperationName, options: object) =>
    call(handlers[operations[name].target]!, name, inputOf(name), options);

  const belowRole = names.flatMap((name) => {
    const needed = operations[name].role as Role | null;
    return needed === null ? [] : roles.slice(0, roles.indexOf(needed)).map((held) => [name, held] as const);
  });

  it.each(belowRole)("%s is refused to a %s", async (name, held) => {
    expect(await send(name, { groups: `[${held}]` })).toMatchObject({ status: 403, body: { code: "role-too-low" } });
  });

  it.each(names.filter((name) => operations[name].role !== null))(
    "%s is refused to who has no role or no workspace",
    async (name) => {
      expect(await send(name, { groups: null })).toMatchObject({ status: 403 });
      expect(await send(name, { groups: "[admin]", workspaceId: null })).toMatchObject({ status: 403 });
    },
  );

  it("that changes something needs more than a viewer", () => {
    const open = names.filter((name) => operations[name].method !== "GET" && operations[name].role === "viewer");
    // Those give addresses to read from, and this one changes nothing but what the caller sees.
    const harmless = ["downloadDataset", "downloadModel", "downloadRun", "updatePreferences"];
    expect(open.filter((name) => !harmless.includes(name))).toEqual([]);
  });

  const naming = names.filter((name) => {
    const { path, role } = operations[name];
    const inBody = ["createDataset", "createTrainingRun", "createDiagnosisRun", "createClusteringRun", "diagnoseRows"];
    return role !== null && (path.includes("{") || [...inBody, "createAdaptationRun"].includes(name));
  });

  it.each(naming)("%s finds nothing of another workspace", async (name) => {
    const before = await Promise.all([
      system.datasets.get(workspaceId, ids.datasetId),
      system.models.get(workspaceId, ids.modelId),
      system.runs.get(workspaceId, ids.runId),
      system.members.find(workspaceId, userId),
    ]);
    const { status, body } = await send(name, { groups: "[admin]", workspaceId: "w-stranger" });
    expect({ status, code: body?.code }).toEqual({ status: 404, code: expect.stringMatching(/-not-found$/) });
    expect(
      await Promise.all([
        system.datasets.get(workspaceId, ids.datasetId),
        system.models.get(workspaceId, ids.modelId),
        system.runs.get(workspaceId, ids.runId),
        system.members.find(workspaceId, userId),
      ]),
    ).toEqual(before);
  });
});
