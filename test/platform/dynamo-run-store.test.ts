import { ConflictError, InvalidError, NotFoundError, VersionConflictError } from "@systemhealer/domain/errors";
import { cancelRun, failRun, startRun } from "@systemhealer/domain/run";
import { dynamoRunStore } from "@systemhealer/platform/dynamo-run-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, diagnosis, later, training, workspaceId } from "../domain/fixtures/records.ts";
import { dynaliteTable } from "./fixtures/dynalite-table.ts";

const progress = { stage: "fitting" as const, fraction: 0.5, epoch: 3, epochs: 6, curve: [] };

describe("runs in DynamoDB", () => {
  let close: () => Promise<void>;
  let store: ReturnType<typeof dynamoRunStore>;
  beforeAll(async () => {
    const opened = await dynaliteTable();
    store = dynamoRunStore(opened.table);
    close = opened.close;
  });
  afterAll(() => close());

  it("are made once and read as they were written", async () => {
    for (const run of [training(), diagnosis()]) {
      await store.create(run);
      await expect(store.create(run)).rejects.toBeInstanceOf(ConflictError);
      expect(await store.get(workspaceId, run.runId)).toEqual(run);
      await store.replace(startRun(run, at));
      expect(await store.get(workspaceId, run.runId)).toEqual(startRun(run, at));
      await expect(store.get("w-other", run.runId)).rejects.toBeInstanceOf(NotFoundError);
    }
  });

  it("have one end, whoever writes it", async () => {
    const running = startRun(training(), at);
    await store.create(running);
    const failed = failRun(running, { code: "worker-lost", parameters: {} }, at);
    const outcomes = await Promise.allSettled([store.replace(failed), store.replace(cancelRun(running, "user", at))]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(VersionConflictError);
  });

  it("take signs of life only while they run, without a new version", async () => {
    const queued = training();
    await store.create(queued);
    expect(await store.beat(workspaceId, queued.runId, progress, later(1))).toBe(false);
    const running = startRun(queued, at);
    await store.replace(running);
    expect(await store.beat(workspaceId, queued.runId, progress, later(1))).toBe(true);
    const beaten = await store.get(workspaceId, queued.runId);
    expect(beaten).toEqual({ ...running, progress, heartbeatAt: later(1) });
    await store.replace(cancelRun(beaten, "user", later(2)));
    expect(await store.beat(workspaceId, queued.runId, progress, later(3))).toBe(false);
  });

  it("count a shard once, and never lower the fraction", async () => {
    const running = startRun(diagnosis(), at);
    await store.create(running);
    const mark = (index: number) => store.markShardDone(workspaceId, running.runId, { index, count: 4 }, later(1));
    await Promise.all([mark(0), mark(1), mark(2)]);
    expect(await mark(1)).toBe(3);
    expect(await store.get(workspaceId, running.runId)).toMatchObject({ progress: { fraction: 0.75 } });
    await store.replace(cancelRun(await store.get(workspaceId, running.runId), "user", at));
    expect(await mark(3)).toBeUndefined();
  });

  it("are listed newest first, by kind and status, page after page", async () => {
    const list = "w-list";
    const made: (ReturnType<typeof training> | ReturnType<typeof diagnosis>)[] = [];
    for (let i = 0; i < 8; i++) {
      const run = { ...(i % 2 === 0 ? training() : diagnosis()), workspaceId: list };
      await store.create(run);
      if (i % 4 === 0) await store.replace(startRun(run, at));
      made.push(run);
    }
    async function all(filter: Parameters<typeof store.list>[1]): Promise<string[]> {
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 10; pages++) {
        const page = await store.list(list, filter, { limit: 2, ...(cursor && { cursor }) });
        seen.push(...page.items.map(({ runId }) => runId));
        cursor = page.nextCursor;
        if (!cursor) break;
        await expect(
          store.list(list, { kind: "training", status: "failed" }, { limit: 2, cursor }),
        ).rejects.toBeInstanceOf(InvalidError);
      }
      return seen;
    }
    const ids = (runs: typeof made) =>
      runs
        .map(({ runId }) => runId)
        .sort()
        .reverse();
    expect(await all({})).toEqual(ids(made));
    expect(await all({ kind: "diagnosis" })).toEqual(ids(made.filter(({ kind }) => kind === "diagnosis")));
    expect(await all({ status: "running" })).toEqual(ids(made.filter((_, i) => i % 4 === 0)));
    expect(await all({ status: "queued", kind: "training" })).toEqual(ids(made.filter((_, i) => i === 2 || i === 6)));

    const [first, second, third] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
    const by = { userId: "user", email: "user@example.com", at };
    const annotate = (runId: string, change: { name?: string; tags?: string[] }) =>
      store.annotate(list, runId, { revision: 0, ...change, edited: by });
    await annotate(first.runId, { name: "Night Shift, 华东" });
    await annotate(second.runId, { tags: ["Nightly"] });
    expect(await all({ search: "NIGHT" })).toEqual(ids([first, second]));
    expect(await all({ search: "华东" })).toEqual(ids([first]));
    expect(await all({ search: third.runId.toLowerCase() })).toEqual(ids([third]));
    expect(await all({ search: "night", kind: second.kind, tag: "Nightly" })).toEqual(ids([second]));
    expect(await all({ search: "nothing of the kind" })).toEqual([]);
  });

  async function activeIds(): Promise<string[]> {
    const found: string[] = [];
    for await (const { runId } of store.listActive()) found.push(runId);
    return found;
  }

  it("that are active are found behind any number of others", async () => {
    const waiting = Array.from({ length: 230 }, (_, i) => ({ ...training(), updatedAt: later(-5_000 + i) }));
    for (let i = 0; i < waiting.length; i += 10) {
      await Promise.all(waiting.slice(i, i + 10).map((run) => store.create(run)));
    }
    const silent = startRun(training(), later(-400));
    await store.create(silent);
    const found = await activeIds();
    await store.replace(cancelRun(silent, "user", at));
    expect(found.slice(0, 230)).toEqual(waiting.map(({ runId }) => runId));
    expect(found).toContain(silent.runId);
    for (let i = 0; i < waiting.length; i += 10) {
      await Promise.all(waiting.slice(i, i + 10).map((run) => store.replace(cancelRun(run, "user", at))));
    }
  });

  it("that are active are found in all workspaces, those silent longest first", async () => {
    const first = { ...startRun(training(), later(-200)), workspaceId: "w-one" };
    const second = { ...startRun(training(), later(-100)), workspaceId: "w-two" };
    await store.create(second);
    await store.create(first);
    const active = await activeIds();
    expect(active.indexOf(first.runId)).toBeLessThan(active.indexOf(second.runId));
    expect(active[0]).toBe(first.runId);
    await store.replace(cancelRun(first, "user", at));
    expect(await activeIds()).not.toContain(first.runId);
  });
});
