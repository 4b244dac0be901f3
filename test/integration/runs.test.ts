import { gzipSync } from "node:zlib";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Client } from "@systemhealer/contract/client";
import type { RunView } from "@systemhealer/contract/run";
import { uploadDataset } from "@systemhealer/contract/upload";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulated, sourceOf } from "./support/data.ts";
import { refusal } from "./support/refusal.ts";
import { bootStack, type TestStack } from "./support/stack.ts";
import { signUp } from "./support/user.ts";
import { ended, until, validated } from "./support/wait.ts";

let test: TestStack;
let client: Client;

beforeAll(async () => {
  test = await bootStack();
  client = await signUp(test, "operations@example.com");
}, 300_000);

afterAll(async () => {
  await test?.[Symbol.asyncDispose]();
});

describe("a compressed file", () => {
  it("is trained on and diagnosed as its uncompressed copy", { timeout: 300_000 }, async () => {
    const plain = await simulated({ rows: 900, seed: 5 });
    const source = sourceOf(new Uint8Array(gzipSync(plain)));
    const { datasetId } = await uploadDataset(client, source, { fileName: "small.csv.gz", purpose: "training" });
    expect(await validated(client, datasetId)).toMatchObject({ status: "ready", rows: 900 });
    const settings = { learner: { learner: "mlp", epochs: 3 } } as const;
    const trained = await client.call("createTrainingRun", { body: { datasetId, settings } });
    expect(await ended(client, trained.runId)).toMatchObject({ status: "succeeded" });
    const { runId } = await client.call("createDiagnosisRun", { body: { datasetId } });
    expect(await ended(client, runId)).toMatchObject({ status: "succeeded", result: { rows: 900 } });
  });
});

describe("a run", () => {
  it("can be cancelled, which stops its worker, and retried", { timeout: 300_000 }, async () => {
    const source = sourceOf(await simulated({ rows: 1_500, seed: 6 }));
    const { datasetId } = await uploadDataset(client, source, { fileName: "more.csv", purpose: "training" });
    await validated(client, datasetId);
    const learner = { learner: "mlp", epochs: 5_000, patience: 5_000 } as const;
    const { runId } = await client.call("createTrainingRun", { body: { datasetId, settings: { learner } } });
    await until(
      () => client.call("getRun", { runId }),
      (run) => run.status === "running" && run.progress.stage === "fitting",
    );
    expect(await refusal(client.call("deleteDataset", { datasetId }))).toMatchObject({
      status: 409,
      detail: expect.stringContaining(runId),
    });
    expect(await client.call("cancelRun", { runId })).toMatchObject({ status: "cancelled" });
    // Cancelling what is cancelled changes nothing; what has ended otherwise cannot be cancelled.
    expect(await client.call("cancelRun", { runId })).toMatchObject({ status: "cancelled" });
    // The one worker of this stack is free again: another training gets through.
    const quick = { learner: "mlp", epochs: 3 } as const;
    const next = await client.call("createTrainingRun", { body: { datasetId, settings: { learner: quick } } });
    expect((await ended(client, next.runId)).status).toBe("succeeded");
    expect(await refusal(client.call("cancelRun", { runId: next.runId }))).toMatchObject({
      status: 409,
      code: "run-ended",
    });
    const again = await client.call("retryRun", { runId });
    expect(again).toMatchObject({ kind: "training", datasetId, retryOf: runId, settings: { learner } });
    await client.call("cancelRun", { runId: again.runId });
    expect((await client.call("getRun", { runId })).status).toBe("cancelled");
  });

  it("is listed newest first, by kind and status, page by page", async () => {
    const all = (await client.call("listRuns", { query: { limit: 100 } })).items;
    expect(all.map((r) => r.runId)).toEqual(
      all
        .map((r) => r.runId)
        .toSorted()
        .toReversed(),
    );
    const collect = async (query: { kind?: RunView["kind"]; status?: RunView["status"] }) => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.call("listRuns", { query: { ...query, limit: 2, cursor } });
        found.push(...page.items.map((r) => r.runId));
        cursor = page.nextCursor;
      } while (cursor);
      return found;
    };
    expect(await collect({})).toEqual(all.map((r) => r.runId));
    expect(await collect({ kind: "diagnosis" })).toEqual(all.filter((r) => r.kind === "diagnosis").map((r) => r.runId));
    expect(await collect({ status: "cancelled", kind: "training" })).toEqual(
      all.filter((r) => r.kind === "training" && r.status === "cancelled").map((r) => r.runId),
    );
    expect((await refusal(client.call("listRuns", { query: { cursor: "nonsense" } }))).code).toBe("cursor-unreadable");
  });
});

describe("a dropped file", () => {
  it("is diagnosed, and one for training retrains, once each", { timeout: 300_000 }, async () => {
    const { drops } = await client.call("getSession", {});
    const s3 = new S3Client({
      region: test.stack.region,
      endpoint: test.stack.urls.s3,
      credentials: test.stack.credentials,
    });
    const drop = async (prefix: string, name: string, bytes: Uint8Array) => {
      await s3.send(new PutObjectCommand({ Bucket: drops.bucket, Key: `${prefix}${name}`, Body: bytes }));
    };
    const dropped = async () =>
      (await client.call("listRuns", { query: { limit: 100 } })).items.filter((r) => r.origin === "drop");
    const settled = (count: number) =>
      until(dropped, (runs) => runs.length >= count && runs.every((r) => r.status === "succeeded"));

    const bytes = await simulated({ rows: 300, seed: 7 });
    await drop(drops.diagnosePrefix, "night.csv", bytes);
    expect(await settled(1)).toMatchObject([{ kind: "diagnosis", result: { rows: 300 } }]);
    await drop(drops.trainPrefix, "retrain.csv", await simulated({ rows: 400, seed: 8 }));
    const [retrained] = await settled(2);
    expect(retrained).toMatchObject({ kind: "training", origin: "drop" });
    // Whoever puts the same file again wants it diagnosed again, by the model of now.
    await drop(drops.diagnosePrefix, "night.csv", bytes);
    expect(await settled(3)).toHaveLength(3);
    s3.destroy();
  });
});
