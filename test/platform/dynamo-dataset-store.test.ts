import { finishUpload, rejectDataset } from "@systemhealer/domain/dataset";
import { ConflictError, InvalidError, NotFoundError, VersionConflictError } from "@systemhealer/domain/errors";
import { newDatasetId, newRunId } from "@systemhealer/domain/ids";
import { dynamoDatasetStore } from "@systemhealer/platform/dynamo-dataset-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, later, readying, uploading, workspaceId } from "../domain/fixtures/records.ts";
import { dynaliteTable } from "./fixtures/dynalite-table.ts";

describe("data sets in DynamoDB", () => {
  let close: () => Promise<void>;
  let store: ReturnType<typeof dynamoDatasetStore>;
  beforeAll(async () => {
    const opened = await dynaliteTable();
    store = dynamoDatasetStore(opened.table);
    close = opened.close;
  });
  afterAll(() => close());

  async function storeReady(order: Parameters<typeof readying>[0] = {}) {
    const { announced, validating, ready } = readying(order);
    await store.create(announced);
    await store.replace(validating);
    await store.replace(ready);
    return ready;
  }

  it("are read as they were written, in each of their states", async () => {
    const { announced, validating, ready } = readying({ labelColumn: "klass" });
    await store.create(announced);
    expect(await store.get(workspaceId, announced.datasetId)).toEqual(announced);
    await store.replace(validating);
    expect(await store.get(workspaceId, announced.datasetId)).toEqual(validating);
    await store.replace(ready);
    expect(await store.get(workspaceId, announced.datasetId)).toEqual(ready);
  });

  it("are absent from another workspace", async () => {
    const ready = await storeReady();
    await expect(store.get("w-other", ready.datasetId)).rejects.toBeInstanceOf(NotFoundError);
    await store.delete("w-other", ready.datasetId, ready.version);
    expect(await store.get(workspaceId, ready.datasetId)).toEqual(ready);
  });

  it("come in shorter pages where they are large", async () => {
    const workspaceId = "w-large";
    const classes = Array.from({ length: 200 }, (_, i) => ({ name: `${i}`.padEnd(1_500, "x"), rows: 2 }));
    for (let i = 0; i < 14; i++) {
      const { ready } = readying({ workspaceId });
      await store.create({ ...ready, classes });
    }
    const sizes = [];
    let cursor: string | undefined;
    do {
      const page = await store.list(workspaceId, { status: "ready" }, { limit: 100, ...(cursor && { cursor }) });
      sizes.push(page.items.length);
      cursor = page.nextCursor;
    } while (cursor);
    expect(sizes).toHaveLength(2);
    expect(sizes[0]! + sizes[1]!).toBe(14);
  });

  it("are made once", async () => {
    const announced = uploading();
    await store.create(announced);
    await expect(store.create(announced)).rejects.toBeInstanceOf(ConflictError);
  });

  it("let one of two writers win", async () => {
    const { announced, validating, ready } = readying();
    await store.create(announced);
    await store.replace(validating);
    const rejected = rejectDataset(validating, { reportKey: "r", findingCount: 1 }, at);
    const outcomes = await Promise.allSettled([store.replace(ready), store.replace(rejected)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(VersionConflictError);
  });

  it("keep their users whatever else is written, and go only when the last has gone", async () => {
    const ready = await storeReady();
    const [first, second] = [newRunId(), newRunId()].sort();
    await store.addUser(workspaceId, ready.datasetId, first!);
    await store.addUser(workspaceId, ready.datasetId, second!);
    await store.addUser(workspaceId, ready.datasetId, second!);
    expect(await store.get(workspaceId, ready.datasetId)).toMatchObject({ usedBy: [first, second] });
    await expect(store.delete(workspaceId, ready.datasetId, ready.version)).rejects.toMatchObject({
      code: "dataset-in-use",
      parameters: { id: ready.datasetId, user: first },
    });
    await store.removeUser(workspaceId, ready.datasetId, first!);
    await store.removeUser(workspaceId, ready.datasetId, second!);
    await store.removeUser(workspaceId, ready.datasetId, second!);
    await store.delete(workspaceId, ready.datasetId, ready.version);
    await store.delete(workspaceId, ready.datasetId, ready.version);
    await expect(store.get(workspaceId, ready.datasetId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("cannot be used before they are ready, nor deleted in a state that was not seen", async () => {
    const announced = uploading();
    await expect(store.addUser(workspaceId, announced.datasetId, newRunId())).rejects.toBeInstanceOf(NotFoundError);
    await store.create(announced);
    await expect(store.addUser(workspaceId, announced.datasetId, newRunId())).rejects.toMatchObject({
      code: "dataset-not-ready",
    });
    await store.replace(finishUpload(announced, at));
    await expect(store.delete(workspaceId, announced.datasetId, announced.version)).rejects.toBeInstanceOf(
      VersionConflictError,
    );
  });

  it("do not come back by letting go of one that is gone", async () => {
    const datasetId = newDatasetId();
    await store.removeUser(workspaceId, datasetId, newRunId());
    await expect(store.get(workspaceId, datasetId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("are listed newest first, by status and purpose, page after page", async () => {
    const list = "w-list";
    const made = [];
    for (let i = 0; i < 9; i++) {
      const purpose = i % 3 === 0 ? ("diagnosis" as const) : ("training" as const);
      made.push(await storeReady({ workspaceId: list, purpose }));
    }
    await store.create(uploading({ workspaceId: list }));
    const filter = { status: "ready", purpose: "training" } as const;
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 10; pages++) {
      const page = await store.list(list, filter, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ datasetId }) => datasetId));
      cursor = page.nextCursor;
      if (!cursor) break;
      await expect(store.list(list, { status: "ready" }, { limit: 2, cursor })).rejects.toBeInstanceOf(InvalidError);
      await expect(store.list("w-other", filter, { limit: 2, cursor })).rejects.toBeInstanceOf(InvalidError);
    }
    const expected = made.filter(({ purpose }) => purpose === "training").map(({ datasetId }) => datasetId);
    expect(seen).toEqual(expected.sort().reverse());
    await expect(store.list(list, filter, { limit: 2, cursor: "none" })).rejects.toBeInstanceOf(InvalidError);
  });

  it("that stand still are found, and a beat takes one off the list", async () => {
    const { announced, validating, ready } = readying();
    await store.create(announced);
    const stale = async () => (await store.listStale(later(7200), 100)).map(({ datasetId }) => datasetId);
    expect(await stale()).toContain(announced.datasetId);
    await store.replace(validating);
    expect(await stale()).toContain(announced.datasetId);
    expect(await store.beat(workspaceId, announced.datasetId, 5, later(9000))).toBe(true);
    expect(await stale()).not.toContain(announced.datasetId);
    expect(await store.get(workspaceId, announced.datasetId)).toMatchObject({ rowsRead: 5, heartbeatAt: later(9000) });
    await store.replace(ready);
    expect(await store.beat(workspaceId, announced.datasetId, 6, later(9001))).toBe(false);
    expect(await store.get(workspaceId, announced.datasetId)).toEqual(ready);
  });

  it("remember a drop once", async () => {
    const [first, second] = [newDatasetId(), newDatasetId()];
    const answers = await Promise.all([
      store.rememberDrop(workspaceId, "hash", first, at),
      store.rememberDrop(workspaceId, "hash", second, at),
    ]);
    expect(new Set(answers).size).toBe(1);
    expect(await store.rememberDrop(workspaceId, "hash", newDatasetId(), at)).toBe(answers[0]);
  });
});
