import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateMultipartUploadCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { Bucket } from "../../../local/s3/bucket.ts";
import { applyLifecycle } from "../../../local/s3/lifecycle.ts";
import { BucketStore } from "../../../local/s3/storage/bucket-store.ts";
import { bucket, startTestS3 } from "./support/test-s3.ts";

const dayMilliseconds = 24 * 3600 * 1000;

test("objects and unfinished uploads go after their days, and others stay", async () => {
  const directory = await mkdtemp(join(tmpdir(), "s3-lifecycle-"));
  const stack = await startTestS3({ directory }, { keepDirectory: true });
  for (const Key of ["runs/a", "models/a"]) {
    await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }));
  }
  await stack.client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: "uploads/a" }));
  await stack.close();

  const store = await BucketStore.open(join(directory, `bucket-${bucket}`), undefined);
  const lifecycle = [
    { prefix: "runs/", expirationDays: 30 },
    { prefix: "", abortIncompleteUploadDays: 2 },
  ];
  const aged: Bucket = { definition: { name: bucket, eventBridge: false, lifecycle }, policies: [], store };
  const leftAfter = async (days: number) => {
    await applyLifecycle(aged, Date.now() + days * dayMilliseconds);
    return [...store.keys.records(), ...store.uploads.list()].map(({ key }) => key).sort();
  };
  expect(await leftAfter(1)).toEqual(["models/a", "runs/a", "uploads/a"]);
  expect(await leftAfter(3)).toEqual(["models/a", "runs/a"]);
  expect(await leftAfter(31)).toEqual(["models/a"]);
  await rm(directory, { recursive: true });
});
