import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyLifecycle } from "../../../local/s3/lifecycle.ts";
import { BucketStore } from "../../../local/s3/storage/bucket-store.ts";
import { bucket, errorOf, startTestS3, type TestS3 } from "./support/test-s3.ts";

const Bucket = bucket;
const dayMilliseconds = 24 * 3600 * 1000;

describe("a versioned bucket", () => {
  let directory: string;
  let stack: TestS3;
  const start = async () => {
    const buckets = [{ name: bucket, eventBridge: false, versioned: true }];
    stack = await startTestS3({ directory, buckets }, { keepDirectory: true });
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "s3-versions-"));
    await start();
  });
  afterEach(async () => {
    await stack.close();
    await rm(directory, { recursive: true, force: true });
  });

  const put = async (Key: string, Body: string) =>
    (await stack.client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId!;
  const get = async (Key: string, VersionId?: string) => {
    const object = await stack.client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return { text: await object.Body!.transformToString(), version: object.VersionId };
  };
  const listed = async (query: { Prefix?: string; MaxKeys?: number; KeyMarker?: string; VersionIdMarker?: string }) =>
    stack.client.send(new ListObjectVersionsCommand({ Bucket, ...query }));

  it("keeps what was replaced, and gives each version by its id, after a restart too", async () => {
    const first = await put("a", "one");
    const second = await put("a", "two");
    expect(first).not.toBe(second);
    await stack.close();
    await start();
    expect(await get("a")).toEqual({ text: "two", version: second });
    expect(await get("a", first)).toEqual({ text: "one", version: first });
    const head = await stack.client.send(new HeadObjectCommand({ Bucket, Key: "a", VersionId: first }));
    expect(head.ContentLength).toBe(3);
    expect(await errorOf(get("a", "no-such-version"))).toEqual({ name: "NoSuchVersion", status: 404 });
    const { Versions = [] } = await listed({ Prefix: "a" });
    expect(Versions.map(({ VersionId, IsLatest, Size }) => [VersionId, IsLatest, Size])).toEqual([
      [second, true, 3],
      [first, false, 3],
    ]);
  });

  it("marks what was deleted, which a copy of a former version brings back", async () => {
    const first = await put("a", "one");
    const gone = await stack.client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    expect(gone).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    await stack.close();
    await start();
    expect(await errorOf(get("a"))).toEqual({ name: "NoSuchKey", status: 404 });
    expect((await stack.client.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined();
    const { Versions = [], DeleteMarkers = [] } = await listed({});
    expect(Versions.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([[first, false]]);
    expect(DeleteMarkers).toMatchObject([{ Key: "a", VersionId: gone.VersionId, IsLatest: true }]);
    expect(await errorOf(get("a", gone.VersionId))).toMatchObject({ status: 405 });
    await stack.client.send(new CopyObjectCommand({ Bucket, Key: "a", CopySource: `${Bucket}/a?versionId=${first}` }));
    expect((await get("a")).text).toBe("one");
    const many = await stack.client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "b" }] } }),
    );
    expect(many.Deleted).toMatchObject([
      { Key: "a", DeleteMarker: true },
      { Key: "b", DeleteMarker: true },
    ]);
  });

  it("lists all versions a page at a time", async () => {
    const written: string[] = [];
    for (const key of ["a", "b", "b/c"])
      for (const text of ["1", "2", "3"]) written.push(`${key} ${await put(key, text)}`);
    const seen: string[] = [];
    let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const page = await listed({ MaxKeys: 2, ...marker });
      seen.push(...(page.Versions ?? []).map(({ Key, VersionId }) => `${Key} ${VersionId}`));
      if (!page.IsTruncated) break;
      marker = { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! };
    }
    expect([...seen].sort()).toEqual([...written].sort());
    expect(seen).toHaveLength(9);
  });

  it("gives former versions only to who may read them", async () => {
    const first = await put("a", "one");
    await put("a", "two");
    const arn = `arn:aws:s3:::${bucket}`;
    const reader = stack.clientOf([{ Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" }]);
    const former = new GetObjectCommand({ Bucket, Key: "a", VersionId: first });
    expect(await errorOf(reader.send(former))).toEqual({ name: "AccessDenied", status: 403 });
    expect(await errorOf(reader.send(new ListObjectVersionsCommand({ Bucket })))).toMatchObject({ status: 403 });
    const restorer = stack.clientOf([
      { Effect: "Allow", Action: "s3:GetObjectVersion", Resource: `${arn}/*` },
      { Effect: "Allow", Action: "s3:ListBucketVersions", Resource: arn },
    ]);
    expect((await restorer.send(former)).ContentLength).toBe(3);
    expect((await restorer.send(new ListObjectVersionsCommand({ Bucket }))).Versions).toHaveLength(2);
  });

  it("loses former versions after their days, and then the marks of deletions", async () => {
    await put("a", "one");
    await put("a", "two");
    await put("b", "three");
    await stack.client.send(new DeleteObjectCommand({ Bucket, Key: "b" }));
    await stack.close();
    const store = await BucketStore.open(join(directory, `bucket-${bucket}`), undefined, true);
    const lifecycle = [{ prefix: "", formerVersionDays: 7, expireDeleteMarkers: true }];
    const aged = { definition: { name: bucket, eventBridge: false, versioned: true, lifecycle }, policies: [], store };
    const blobs = async () => (await readdir(join(directory, `bucket-${bucket}`, "blobs"))).length;
    await applyLifecycle(aged, Date.now() + 6 * dayMilliseconds);
    expect([[...store.versions.all()].length, await blobs()]).toEqual([3, 3]);
    await applyLifecycle(aged, Date.now() + 8 * dayMilliseconds);
    expect([[...store.versions.all()].length, await blobs()]).toEqual([0, 1]);
    await start();
    expect((await get("a")).text).toBe("two");
  });
});
