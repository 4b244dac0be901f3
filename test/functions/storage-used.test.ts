import { gzipSync } from "node:zlib";
import { storedPrefixes } from "@systemhealer/domain/object-keys";
import { storageUsed } from "@systemhealer/domain/use-cases/storage-used";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uploading } from "../domain/fixtures/records.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("the storage of a workspace", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  async function stored(workspaceId: string): Promise<number> {
    let bytes = 0;
    for (const prefix of storedPrefixes(workspaceId))
      for await (const { sizeBytes } of system.objects.list(prefix)) bytes += sizeBytes;
    return bytes;
  }

  it("counts the uncompressed copy of a compressed file, and what was made of it", async () => {
    const workspaceId = "w-gzip";
    const plain = labelledCsv(2_000);
    const sent = gzipSync(plain);
    await readyDatasetOf(system, sent, { workspaceId });
    const { storageBytes, datasets } = await storageUsed(system, workspaceId);
    expect(datasets).toBe(1);
    expect(storageBytes).toBe(await stored(workspaceId));
    expect(storageBytes).toBeGreaterThan(sent.length + plain.length);
    await system.objects.write(`runs/${workspaceId}/run-1/results.csv`, Buffer.alloc(5_000), "text/csv");
    const { body } = await call(api, "getQuotas", {}, { workspaceId });
    expect(body.used).toMatchObject({ datasets: 1, storageBytes: storageBytes + 5_000 });
    expect((await storageUsed(system, "w-gzi")).storageBytes).toBe(0);
  });

  it("keeps room for a file until it has arrived, and counts it once", async () => {
    const workspaceId = "w-announced";
    const announced = uploading({ workspaceId, sizeBytes: 700 });
    await system.datasets.create(announced);
    expect(await storageUsed(system, workspaceId)).toEqual({ datasets: 1, storageBytes: 700 });
    await system.objects.write(announced.objectKey, Buffer.alloc(700), "text/csv");
    expect(await storageUsed(system, workspaceId)).toEqual({ datasets: 1, storageBytes: 700 });
  });

  it("says that it is at least so much where there are more files than it counts", async () => {
    const workspaceId = "w-many";
    for (const runId of ["run-1", "run-2", "run-3"])
      await system.objects.write(`runs/${workspaceId}/${runId}/results.csv`, Buffer.alloc(10), "text/csv");
    await system.objects.write(`uploads/${workspaceId}/ds-1/source`, Buffer.alloc(5), "text/csv");
    expect(await storageUsed(system, workspaceId, 2)).toEqual({
      datasets: 0,
      storageBytes: 25,
      storageIsAtLeast: true,
    });
    expect(await storageUsed(system, workspaceId, 3)).toEqual({ datasets: 0, storageBytes: 35 });
  });

  it("counts of a rejected file only the report, since its bytes are gone", async () => {
    const workspaceId = "w-rejected";
    const bad = Buffer.from(`cpu,label\n${"x,1\n".repeat(5_000)}`);
    await expect(readyDatasetOf(system, bad, { workspaceId })).rejects.toThrow("rejected");
    const { storageBytes } = await storageUsed(system, workspaceId);
    expect(storageBytes).toBeGreaterThan(0);
    expect(storageBytes).toBeLessThan(bad.length);
  });
});
