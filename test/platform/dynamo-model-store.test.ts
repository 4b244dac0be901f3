import { InvalidError, NotFoundError, VersionConflictError } from "@systemhealer/domain/errors";
import { newRunId } from "@systemhealer/domain/ids";
import { dynamoModelStore } from "@systemhealer/platform/dynamo-model-store";
import { dynamoWorkspaceStore } from "@systemhealer/platform/dynamo-workspace-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, model, workspaceId } from "../domain/fixtures/records.ts";
import { dynaliteTable } from "./fixtures/dynalite-table.ts";

describe("models and workspaces in DynamoDB", () => {
  let close: () => Promise<void>;
  let models: ReturnType<typeof dynamoModelStore>;
  let workspaces: ReturnType<typeof dynamoWorkspaceStore>;
  beforeAll(async () => {
    const opened = await dynaliteTable();
    models = dynamoModelStore(opened.table);
    workspaces = dynamoWorkspaceStore(opened.table);
    close = opened.close;
  });
  afterAll(() => close());

  it("a model is read as it was written, under its own workspace only", async () => {
    const stored = model();
    await models.create(stored);
    expect(await models.get(workspaceId, stored.modelId)).toEqual(stored);
    await expect(models.get("w-other", stored.modelId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("a model in use cannot go, and its user is named", async () => {
    const stored = model();
    const user = newRunId();
    await expect(models.addUser(workspaceId, stored.modelId, user)).rejects.toBeInstanceOf(NotFoundError);
    await models.create(stored);
    await models.addUser(workspaceId, stored.modelId, user);
    await expect(models.delete(workspaceId, stored.modelId)).rejects.toMatchObject({
      code: "model-in-use",
      parameters: { user },
    });
    await models.removeUser(workspaceId, stored.modelId, user);
    await models.delete(workspaceId, stored.modelId);
    await expect(models.get(workspaceId, stored.modelId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("models are listed newest first", async () => {
    const made = Array.from({ length: 5 }, () => ({ ...model(), workspaceId: "w-list" }));
    for (const each of made) await models.create(each);
    const first = await models.list("w-list", {}, { limit: 3 });
    const second = await models.list("w-list", {}, { limit: 3, cursor: first.nextCursor! });
    const ids = made
      .map(({ modelId }) => modelId)
      .sort()
      .reverse();
    expect([...first.items, ...second.items].map(({ modelId }) => modelId)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    await expect(models.list("w-other", {}, { limit: 3, cursor: first.nextCursor! })).rejects.toBeInstanceOf(
      InvalidError,
    );
  });

  it("a workspace is made at first sight, once", async () => {
    expect(await workspaces.find("w-new")).toBeUndefined();
    const seen = await Promise.all(["a", "b", "c"].map((user) => workspaces.getOrCreate("w-new", user, at)));
    expect(new Set(seen.map(({ createdBy }) => createdBy)).size).toBe(1);
    const next = { ...seen[0]!, activeModelId: model().modelId, version: 2 };
    await workspaces.replace(next);
    await expect(workspaces.replace(next)).rejects.toBeInstanceOf(VersionConflictError);
    expect(await workspaces.find("w-new")).toEqual(next);
  });
});
