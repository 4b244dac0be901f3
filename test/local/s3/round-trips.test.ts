import { Readable } from "node:stream";
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket, errorOf, region, someBytes, startTestS3, type TestS3 } from "./support/test-s3.ts";

let stack: TestS3;
beforeAll(async () => {
  stack = await startTestS3();
});
afterAll(async () => {
  await stack.close();
  expect(stack.errors).toEqual([]);
});

async function download(key: string, client = stack.client): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from(await Body!.transformToByteArray());
}

describe("bytes come back as they were sent", () => {
  for (const length of [0, 1, 65_537, 20_000_000]) {
    test(`${length} bytes in one PUT`, async () => {
      const body = someBytes(length);
      await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: `put-${length}`, Body: body }));
      expect((await download(`put-${length}`)).equals(body)).toBe(true);
    });

    test(`${length} bytes as a stream of known length`, async () => {
      const body = someBytes(length);
      await stack.client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `stream-${length}`,
          Body: Readable.from(pieces(body, 40_000), { objectMode: false }),
          ContentLength: length,
        }),
      );
      expect((await download(`stream-${length}`)).equals(body)).toBe(true);
    });

    test(`${length} bytes as a stream of unknown length, by lib-storage`, async () => {
      const body = someBytes(length);
      const stream = Readable.from(pieces(body, 300_000), { objectMode: false });
      await new Upload({
        client: stack.client,
        params: { Bucket: bucket, Key: `upload-${length}`, Body: stream },
      }).done();
      expect((await download(`upload-${length}`)).equals(body)).toBe(true);
    });
  }

  for (const algorithm of Object.values(ChecksumAlgorithm).filter((name) => /^(CRC|SHA1|SHA256)/.test(name))) {
    test(`with a ${algorithm} checksum, which the answer carries too`, async () => {
      const body = someBytes(10_000);
      const put = { Bucket: bucket, Key: `checksum-${algorithm}`, ChecksumAlgorithm: algorithm };
      const sent = await stack.client.send(new PutObjectCommand({ ...put, Body: body }));
      const streamed = await stack.client.send(
        new PutObjectCommand({
          ...put,
          Body: Readable.from(pieces(body, 999), { objectMode: false }),
          ContentLength: 10_000,
        }),
      );
      const head = await stack.client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: put.Key, ChecksumMode: "ENABLED" }),
      );
      const name = `Checksum${algorithm}` as "ChecksumCRC32";
      expect(sent[name]).toMatch(/=$|^.{12}$/);
      expect(streamed[name]).toBe(sent[name]);
      expect(head[name]).toBe(sent[name]);
      expect((await download(put.Key)).equals(body)).toBe(true);
    });
  }
});

test("a client needs nothing but AWS_ENDPOINT_URL_S3", async () => {
  const before = process.env.AWS_ENDPOINT_URL_S3;
  process.env.AWS_ENDPOINT_URL_S3 = stack.s3.url;
  const client = new S3Client({
    region,
    credentials: { accessKeyId: "AKOPERATOR", secretAccessKey: "operator-secret" },
  });
  try {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: "by-environment", Body: "here" }));
    expect((await download("by-environment")).toString()).toBe("here");
  } finally {
    client.destroy();
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL_S3;
    else process.env.AWS_ENDPOINT_URL_S3 = before;
  }
});

test("headers and user metadata are kept, and the bucket's encryption is told", async () => {
  await stack.client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: "headers",
      Body: "x",
      ContentType: "text/csv; charset=utf-8",
      ContentEncoding: "gzip",
      CacheControl: "max-age=60",
      ContentDisposition: 'attachment; filename="a.csv"',
      Metadata: { origin: "a test", "second-name": "2" },
      ServerSideEncryption: "AES256",
    }),
  );
  const head = await stack.client.send(new HeadObjectCommand({ Bucket: bucket, Key: "headers" }));
  expect(head).toMatchObject({
    ContentLength: 1,
    ContentType: "text/csv; charset=utf-8",
    ContentEncoding: "gzip",
    CacheControl: "max-age=60",
    ContentDisposition: 'attachment; filename="a.csv"',
    Metadata: { origin: "a test", "second-name": "2" },
    ServerSideEncryption: "AES256",
    ETag: '"9dd4e461268c8034f5c8564e155c67a6"',
  });
});

test("an object is copied with its metadata, or with new ones", async () => {
  const source = { Bucket: bucket, Key: "copy/from ä+.txt" };
  await stack.client.send(new PutObjectCommand({ ...source, Body: "copied", Metadata: { a: "1" } }));
  const CopySource = `${bucket}/${encodeURIComponent(source.Key)}`;
  await stack.client.send(new CopyObjectCommand({ Bucket: bucket, Key: "copy/to", CopySource }));
  await stack.client.send(
    new CopyObjectCommand({
      Bucket: bucket,
      Key: "copy/new",
      CopySource,
      MetadataDirective: "REPLACE",
      Metadata: { b: "2" },
    }),
  );
  expect((await download("copy/to")).toString()).toBe("copied");
  const kept = await stack.client.send(new HeadObjectCommand({ Bucket: bucket, Key: "copy/to" }));
  const replaced = await stack.client.send(new HeadObjectCommand({ Bucket: bucket, Key: "copy/new" }));
  expect([kept.Metadata, replaced.Metadata]).toEqual([{ a: "1" }, { b: "2" }]);
  expect(await errorOf(stack.client.send(new CopyObjectCommand({ ...source, CopySource })))).toEqual({
    name: "InvalidRequest",
    status: 400,
  });
});

test("deleted objects are gone, and deleting again is no error", async () => {
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "gone", Body: "x" }));
  await stack.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "gone" }));
  await stack.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "gone" }));
  expect(await errorOf(download("gone"))).toEqual({ name: "NoSuchKey", status: 404 });
  expect(await errorOf(stack.client.send(new HeadObjectCommand({ Bucket: bucket, Key: "gone" })))).toEqual({
    name: "NotFound",
    status: 404,
  });
});

test("a thousand keys are deleted at once, one more is refused", async () => {
  const keys = Array.from({ length: 1001 }, (_, i) => ({ Key: `many/&<${i}> ` }));
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: keys[7]!.Key, Body: "x" }));
  const answer = await stack.client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.slice(0, 1000) } }),
  );
  expect(answer.Deleted).toHaveLength(1000);
  expect(answer.Deleted?.[7]?.Key).toBe(keys[7]!.Key);
  expect(await errorOf(download(keys[7]!.Key))).toMatchObject({ name: "NoSuchKey" });
  expect(
    await errorOf(stack.client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys } }))),
  ).toEqual({ name: "MalformedXML", status: 400 });
});

test("the bucket is there and knows its region; another is not", async () => {
  const head = await stack.client.send(new HeadBucketCommand({ Bucket: bucket }));
  const { LocationConstraint } = await stack.client.send(new GetBucketLocationCommand({ Bucket: bucket }));
  expect([head.BucketRegion, LocationConstraint]).toEqual([region, region]);
  expect(await errorOf(stack.client.send(new GetObjectCommand({ Bucket: "no-such-bucket", Key: "x" })))).toEqual({
    name: "NoSuchBucket",
    status: 404,
  });
});

function* pieces(bytes: Buffer, length: number): Generator<Buffer> {
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}
