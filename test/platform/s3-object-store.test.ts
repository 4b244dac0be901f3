import { createHash, randomBytes } from "node:crypto";
import { ListMultipartUploadsCommand, S3Client } from "@aws-sdk/client-s3";
import { ConflictError, InvalidError, NotFoundError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { openObjectWriter } from "@systemhealer/platform/object-writer";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accessKeyId,
  bucket,
  type LocalBucket,
  localBucket,
  region,
  secretAccessKey,
} from "./fixtures/local-bucket.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("objects in S3", () => {
  let local: LocalBucket;
  let store: ObjectStore;
  beforeAll(async () => {
    local = await localBucket();
    store = s3ObjectStore(bucket, local.client);
  });
  afterAll(() => local.close());

  it("come back as they were written, small and whole", async () => {
    const bytes = randomBytes(1000);
    const written = await store.write("a/small", bytes, "text/csv");
    expect(written).toMatchObject({ sizeBytes: 1000, sha256: sha256(bytes) });
    const object = await store.read("a/small", { etag: written.etag });
    expect(await bytesOf(object.body)).toEqual(bytes);
    expect(await store.head("a/small")).toEqual({ etag: written.etag, sizeBytes: 1000 });
    expect(await bytesOf((await store.read("a/small", { range: [10, 20] })).body)).toEqual(bytes.subarray(10, 20));
    expect(Buffer.from(await store.readBytes("a/small", 1000))).toEqual(bytes);
    await expect(store.readBytes("a/small", 999)).rejects.toBeInstanceOf(InvalidError);
  });

  it("are streamed in parts, with size and SHA-256 told", async () => {
    const parts = Array.from({ length: 20 }, () => randomBytes(1_000_003));
    async function* stream() {
      yield* parts;
    }
    const written = await store.write("a/large", stream(), "text/csv");
    const whole = Buffer.concat(parts);
    expect(written).toMatchObject({ sizeBytes: whole.length, sha256: sha256(whole) });
    expect(sha256(await bytesOf((await store.read("a/large")).body))).toBe(sha256(whole));
  });

  it("are not there when their stream breaks off", async () => {
    async function* broken() {
      yield randomBytes(9_000_000);
      throw new Error("broken off");
    }
    await expect(store.write("a/broken", broken(), "text/csv")).rejects.toThrow("broken off");
    await expect(store.head("a/broken")).rejects.toBeInstanceOf(NotFoundError);
  });

  it("can be pushed piece by piece, or given up", async () => {
    const pieces = Array.from({ length: 30 }, () => randomBytes(100_000));
    const kept = openObjectWriter(store, "a/kept", "text/csv");
    for (const piece of pieces) await kept.push(piece);
    expect(await kept.finish()).toMatchObject({ sha256: sha256(Buffer.concat(pieces)) });
    const dropped = openObjectWriter(store, "a/dropped", "text/csv");
    for (const piece of pieces) await dropped.push(piece);
    await dropped.abandon();
    await expect(store.head("a/dropped")).rejects.toBeInstanceOf(NotFoundError);
  });

  it("that are gone or have changed are named so", async () => {
    await expect(store.read("a/none")).rejects.toMatchObject({
      code: "object-not-found",
      parameters: { name: "none" },
    });
    await store.write("a/changed", Buffer.from("now"), "text/csv");
    await expect(store.read("a/changed", { etag: '"before"' })).rejects.toMatchObject({ code: "data-changed" });
  });

  it("are copied once, from the version that was meant", async () => {
    const { etag } = await store.write("drops/w/train/a b+ü.csv", Buffer.from("first"), "text/csv");
    await store.copy("drops/w/train/a b+ü.csv", "a/copy", etag);
    await store.write("a/taken", Buffer.from("there before"), "text/csv");
    await store.copy("drops/w/train/a b+ü.csv", "a/taken", etag);
    expect(String(await bytesOf((await store.read("a/taken")).body))).toBe("there before");
    await store.write("drops/w/train/a b+ü.csv", Buffer.from("second"), "text/csv");
    await expect(store.copy("drops/w/train/a b+ü.csv", "a/other", etag)).rejects.toBeInstanceOf(ConflictError);
    await store.copy("drops/w/train/a b+ü.csv", "a/copy", etag);
    expect(String(await bytesOf((await store.read("a/copy")).body))).toBe("first");
    await expect(store.copy("none", "a/third", etag)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("are copied without tags, which would need leave of their own", async () => {
    let directive: string | undefined;
    const client = new S3Client({
      region,
      endpoint: local.url,
      credentials: { accessKeyId, secretAccessKey },
    });
    client.middlewareStack.add(
      (next) => async (step) => {
        directive = (step.request as { headers: Record<string, string> }).headers["x-amz-tagging-directive"];
        return next(step);
      },
      { step: "finalizeRequest" },
    );
    const { etag } = await store.write("drops/w/train/tagged.csv", Buffer.from("1"), "text/csv");
    await s3ObjectStore(bucket, client).copy("drops/w/train/tagged.csv", "a/untagged", etag);
    expect(directive).toBe("REPLACE");
    client.destroy();
  });

  it("are copied in parts where they are too large for one call; nothing stays of a copy that fails", async () => {
    const inParts = s3ObjectStore(bucket, local.client, {
      largestSingleCopy: 1024 ** 2,
      copyPartBytes: 5 * 1024 ** 2,
    });
    const bytes = randomBytes(11 * 1024 ** 2 + 7);
    const { etag } = await store.write("drops/w/train/large.csv", bytes, "text/csv");
    await inParts.copy("drops/w/train/large.csv", "a/copied-in-parts", etag);
    expect(sha256(await bytesOf((await store.read("a/copied-in-parts")).body))).toBe(sha256(bytes));
    await inParts.copy("drops/w/train/large.csv", "a/copied-in-parts", etag);
    await inParts.copy("drops/w/train/large.csv", "a/taken", etag);
    expect((await store.head("a/taken")).sizeBytes).toBe("there before".length);
    await store.write("drops/w/train/large.csv", randomBytes(11 * 1024 ** 2), "text/csv");
    await expect(inParts.copy("drops/w/train/large.csv", "a/other", etag)).rejects.toBeInstanceOf(ConflictError);
    await expect(store.head("a/other")).rejects.toBeInstanceOf(NotFoundError);
    const { Uploads = [] } = await local.client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads).toEqual([]);
  });

  it("go one by one and by prefix", async () => {
    for (const key of ["p/x/1", "p/x/2", "p/xy"]) await store.write(key, Buffer.from("1"), "text/plain");
    await store.deletePrefix("p/x/");
    await expect(store.head("p/x/1")).rejects.toBeInstanceOf(NotFoundError);
    await store.delete("p/xy");
    await store.delete("p/xy");
    await expect(store.head("p/xy")).rejects.toBeInstanceOf(NotFoundError);
    await expect(store.deletePrefix("p")).rejects.toBeInstanceOf(RangeError);
  });
});
