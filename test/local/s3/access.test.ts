import { randomUUID } from "node:crypto";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket, errorOf, someBytes, startTestS3, type TestS3 } from "./support/test-s3.ts";

let stack: TestS3;
beforeAll(async () => {
  stack = await startTestS3();
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "there", Body: "x" }));
});
afterAll(() => stack.close());

const arn = `arn:aws:s3:::${bucket}`;
const get = (key: string) => new GetObjectCommand({ Bucket: bucket, Key: key });
const put = (key: string) => new PutObjectCommand({ Bucket: bucket, Key: key, Body: "x" });

describe("requests that are not what was signed are refused", () => {
  test("with a wrong secret", async () => {
    const client = stack.clientWith({ credentials: { accessKeyId: "AKOPERATOR", secretAccessKey: "wrong" } });
    expect(await errorOf(client.send(get("there")))).toEqual({ name: "SignatureDoesNotMatch", status: 403 });
    expect(await errorOf(client.send(put("never")))).toEqual({ name: "SignatureDoesNotMatch", status: 403 });
  });

  test("with an access key that does not exist", async () => {
    const client = stack.clientWith({ credentials: { accessKeyId: "AKNOBODY", secretAccessKey: "operator-secret" } });
    expect(await errorOf(client.send(get("there")))).toEqual({ name: "InvalidAccessKeyId", status: 403 });
  });

  test("with a session token that is not the key's", async () => {
    const credentials = { accessKeyId: "AKOPERATOR", secretAccessKey: "operator-secret", sessionToken: "made up" };
    expect(await errorOf(stack.clientWith({ credentials }).send(get("there")))).toEqual({
      name: "InvalidToken",
      status: 400,
    });
  });

  test("for another region", async () => {
    expect(await errorOf(stack.clientWith({ region: "us-west-2" }).send(get("there")))).toEqual({
      name: "AuthorizationHeaderMalformed",
      status: 400,
    });
  });

  test("from a clock that is 20 minutes off", async () => {
    const client = stack.clientWith({ systemClockOffset: -20 * 60 * 1000 });
    expect(await errorOf(client.send(get("there")))).toEqual({ name: "RequestTimeTooSkewed", status: 403 });
  });

  test("without a signature", async () => {
    for (const path of ["/", `/${bucket}`, `/${bucket}/there`]) {
      const answer = await fetch(stack.s3.url + path);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
    }
    const written = await fetch(`${stack.s3.url}/${bucket}/never`, { method: "PUT", body: "x" });
    expect(written.status).toBe(403);
  });

  test("with a body that was changed on the way", async () => {
    const client = stack.clientWith({});
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request as object, { body: "y" });
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    expect(await errorOf(client.send(put("never")))).toEqual({ name: "XAmzContentSHA256Mismatch", status: 400 });
    expect(await errorOf(stack.client.send(get("never")))).toMatchObject({ name: "NoSuchKey" });
  });

  test("with a wrong checksum; nothing is stored", async () => {
    const wrong = { ChecksumSHA256: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" };
    const command = new PutObjectCommand({ Bucket: bucket, Key: "never", Body: "not empty", ...wrong });
    expect(await errorOf(stack.client.send(command))).toEqual({ name: "BadDigest", status: 400 });
    const md5 = new PutObjectCommand({
      Bucket: bucket,
      Key: "never",
      Body: "x",
      ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==",
    });
    expect(await errorOf(stack.client.send(md5))).toEqual({ name: "BadDigest", status: 400 });
    expect(await errorOf(stack.client.send(get("never")))).toMatchObject({ name: "NoSuchKey" });
  });
});

describe("a role does what its policies allow and nothing else", () => {
  test("reading one prefix", async () => {
    await stack.client.send(put("mine/a"));
    const client = stack.clientOf([{ Effect: "Allow", Action: "s3:Get*", Resource: `${arn}/mine/*` }]);
    await client.send(get("mine/a"));
    for (const command of [get("there"), put("mine/a")]) {
      expect(await errorOf(client.send(command as typeof command & GetObjectCommand))).toEqual({
        name: "AccessDenied",
        status: 403,
      });
    }
  });

  test("a missing key is a 403 to who may not list, and a 404 to who may", async () => {
    const read = { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` };
    const list = { Effect: "Allow", Action: "s3:ListBucket", Resource: arn };
    expect(await errorOf(stack.clientOf([read]).send(get("absent")))).toEqual({ name: "AccessDenied", status: 403 });
    expect(await errorOf(stack.clientOf([read, list]).send(get("absent")))).toEqual({ name: "NoSuchKey", status: 404 });
  });

  test("a deny wins over an allow", async () => {
    const client = stack.clientOf([
      { Effect: "Allow", Action: "s3:*", Resource: [arn, `${arn}/*`] },
      { Effect: "Deny", Action: "s3:DeleteObject", Resource: `${arn}/kept/*` },
      { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
    await client.send(put("kept/a"));
    await client.send(put("free/a"));
    expect(await errorOf(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "kept/a" })))).toMatchObject({
      name: "AccessDenied",
    });
    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [{ Key: "kept/a" }, { Key: "free/a" }] } }),
    );
    expect(Deleted).toEqual([{ Key: "free/a" }]);
    expect(Errors).toMatchObject([{ Key: "kept/a", Code: "AccessDenied" }]);
  });

  test("listing only below a prefix", async () => {
    const client = stack.clientOf([
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn, Condition: { StringLike: { "s3:prefix": "mine/*" } } },
    ]);
    await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: "mine/" }));
    expect(await errorOf(client.send(new ListObjectsV2Command({ Bucket: bucket })))).toMatchObject({
      name: "AccessDenied",
    });
  });

  test("copying needs the right to read the source", async () => {
    const client = stack.clientOf([{ Effect: "Allow", Action: "s3:PutObject", Resource: `${arn}/*` }]);
    const copy = new CopyObjectCommand({ Bucket: bucket, Key: "stolen", CopySource: `${bucket}/there` });
    expect(await errorOf(client.send(copy))).toEqual({ name: "AccessDenied", status: 403 });
  });
});

describe("what is not there is refused by name", () => {
  const key = { Bucket: bucket, Key: "there" };
  test.each([
    ["an ACL", () => stack.client.send(new GetBucketAclCommand({ Bucket: bucket }))],
    ["the deletion of a version", () => stack.client.send(new DeleteObjectCommand({ ...key, VersionId: "7" }))],
    ["tags", () => stack.client.send(new GetObjectTaggingCommand(key))],
    ["tags of a new object", () => stack.client.send(new PutObjectCommand({ ...key, Body: "x", Tagging: "a=b" }))],
    ["a new bucket", () => stack.client.send(new CreateBucketCommand({ Bucket: "another" }))],
    [
      "a KMS key that the bucket has not",
      () => stack.client.send(new PutObjectCommand({ ...key, Body: "x", ServerSideEncryption: "aws:kms" })),
    ],
  ])("%s", async (_, call) => {
    expect(await errorOf(call())).toEqual({ name: "NotImplemented", status: 501 });
  });
});

test("a body that breaks off leaves nothing behind", async () => {
  const key = randomUUID();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(someBytes(100_000));
      controller.error(new Error("gone"));
    },
  });
  await errorOf(
    stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: 200_000 })),
  );
  expect(await errorOf(stack.client.send(get(key)))).toMatchObject({ name: "NoSuchKey" });
});
