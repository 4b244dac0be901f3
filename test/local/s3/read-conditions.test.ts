import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket, errorOf, startTestS3, type TestS3 } from "./support/test-s3.ts";

let stack: TestS3;
let etag: string;
const target = { Bucket: bucket, Key: "ten" };
beforeAll(async () => {
  stack = await startTestS3();
  const { ETag = "" } = await stack.client.send(new PutObjectCommand({ ...target, Body: "0123456789" }));
  etag = ETag;
});
afterAll(() => stack.close());

const read = (more: object) => stack.client.send(new GetObjectCommand({ ...target, ...more }));

describe("ranges", () => {
  test.each([
    ["bytes=0-0", "0", "bytes 0-0/10"],
    ["bytes=3-5", "345", "bytes 3-5/10"],
    ["bytes=8-", "89", "bytes 8-9/10"],
    ["bytes=8-500", "89", "bytes 8-9/10"],
    ["bytes=-4", "6789", "bytes 6-9/10"],
    ["bytes=-400", "0123456789", "bytes 0-9/10"],
  ])("%s", async (Range, text, ContentRange) => {
    const answer = await read({ Range });
    expect(answer).toMatchObject({ ContentRange, ContentLength: text.length });
    expect(await answer.Body?.transformToString()).toBe(text);
  });

  test.each(["bytes=10-", "bytes=10-12", "bytes=-0"])("%s cannot be satisfied", async (Range) => {
    expect(await errorOf(read({ Range }))).toEqual({ name: "InvalidRange", status: 416 });
  });

  test.each(["bytes=5-3", "bytes=0-1,3-4", "lines=1-2"])("%s is none, so all comes", async (Range) => {
    expect(await (await read({ Range })).Body?.transformToString()).toBe("0123456789");
  });
});

describe("conditions", () => {
  test("If-Match reads the very version or fails", async () => {
    expect((await read({ IfMatch: etag })).ContentLength).toBe(10);
    expect(await errorOf(read({ IfMatch: '"other"' }))).toEqual({ name: "PreconditionFailed", status: 412 });
  });

  test("If-None-Match and If-Modified-Since spare a transfer", async () => {
    expect((await errorOf(read({ IfNoneMatch: etag }))).status).toBe(304);
    expect((await errorOf(read({ IfModifiedSince: new Date() }))).status).toBe(304);
    expect((await read({ IfNoneMatch: '"other"' })).ContentLength).toBe(10);
  });

  test("a write with If-Match replaces only what its writer saw", async () => {
    const key = { Bucket: bucket, Key: "versioned" };
    expect(await errorOf(stack.client.send(new PutObjectCommand({ ...key, Body: "a", IfMatch: etag })))).toEqual({
      name: "NoSuchKey",
      status: 404,
    });
    const { ETag } = await stack.client.send(new PutObjectCommand({ ...key, Body: "a", IfNoneMatch: "*" }));
    const attempts = await Promise.allSettled(
      ["b", "c"].map((Body) => stack.client.send(new PutObjectCommand({ ...key, Body, IfMatch: ETag }))),
    );
    expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

test("an object that is replaced while it is read is read to its end", async () => {
  const key = { Bucket: bucket, Key: "replaced" };
  const old = Buffer.alloc(8_000_000, "a");
  await stack.client.send(new PutObjectCommand({ ...key, Body: old }));
  const { Body } = await stack.client.send(new GetObjectCommand(key));
  await stack.client.send(new PutObjectCommand({ ...key, Body: "new" }));
  expect(Buffer.from(await Body!.transformToByteArray()).equals(old)).toBe(true);
});
