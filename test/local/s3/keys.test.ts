import { mkdtemp, readdir, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucket, errorOf, startTestS3, type TestS3 } from "./support/test-s3.ts";

let parent: string;
let stack: TestS3;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "s3-keys-"));
  stack = await startTestS3({ directory: join(parent, "a/b/c/data") });
});
afterAll(async () => {
  await stack.close();
  await rm(parent, { recursive: true });
});

const strange = [
  "../../../etc/passwd",
  "a/../../b",
  "..",
  ".",
  "a//b///c",
  "/leading",
  "trailing/",
  "C:\\Windows\\system32\\con",
  "con",
  "nul.txt",
  "with space + plus % percent & and ? question # hash",
  "a'b(c)d!e*f~g",
  "故障/节点-一.csv",
  "😀",
  "line\nbreak\ttab",
  "trailing dot.",
  "Case",
  "case",
  "k".repeat(1024),
];

test("any key is an object of its own, and no file is written outside the folder", async () => {
  for (const Key of strange) await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `<${Key}>` }));
  for (const Key of strange) {
    const { Body } = await stack.client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(await Body?.transformToString()).toBe(`<${Key}>`);
  }
  const listed = await stack.client.send(new ListObjectsV2Command({ Bucket: bucket, EncodingType: "url" }));
  const decoded = listed.Contents?.map(({ Key = "" }) => decodeURIComponent(Key.replaceAll("+", " ")));
  expect([...(decoded ?? [])].sort()).toEqual([...strange].sort());
  const files = await readdir(parent, { recursive: true });
  const ours =
    /^a(\/b(\/c(\/data(\/outbox(\/[0-9a-f-]+\.(prepared|committed)\.json)?|\/bucket-test-data(\/(objects|blobs|uploads|versions)(\/[0-9a-f-]+(\.json)?)?)?)?)?)?)?$/;
  expect(files.map((name) => name.replaceAll("\\", "/")).filter((name) => !ours.test(name))).toEqual([]);
});

test("a key of more than 1024 bytes is refused", async () => {
  const command = new PutObjectCommand({ Bucket: bucket, Key: "ä".repeat(513), Body: "x" });
  expect(await errorOf(stack.client.send(command))).toEqual({ name: "KeyTooLongError", status: 400 });
});

test("the path is taken as it comes: dots are not resolved before the signature is checked", async () => {
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "secret", Body: "x" }));
  const url = new URL(await getSignedUrl(stack.client, new GetObjectCommand({ Bucket: bucket, Key: "secret" })));
  const path = `/${bucket}/public/../secret${url.search}`;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request({ host: url.hostname, port: url.port, path, headers: { host: url.host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
  expect(status).toBe(403);
});
