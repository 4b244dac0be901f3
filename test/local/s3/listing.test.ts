import {
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucket, errorOf, startTestS3, type TestS3 } from "./support/test-s3.ts";

const folders = ["a/", "a-b/", "b/", "b/c/", "ä/", "", "😀/", "\uff5e/"];
const keys = folders.flatMap((folder) =>
  Array.from({ length: folder === "b/c/" ? 110 : 20 }, (_, i) => `${folder}${String(i).padStart(4, "0")}`),
);
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

let stack: TestS3;
beforeAll(async () => {
  stack = await startTestS3({ buckets: [{ name: bucket, eventBridge: false }] });
  for (let i = 0; i < keys.length; i += 32) {
    await Promise.all(
      keys.slice(i, i + 32).map((Key) => stack.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }))),
    );
  }
});
afterAll(() => stack.close());

async function listAll(input: Partial<ListObjectsV2CommandInput>, pageSize: number) {
  const found: string[] = [];
  const pages = paginateListObjectsV2({ client: stack.client, pageSize }, { Bucket: bucket, ...input });
  for await (const page of pages) {
    const names = [
      ...(page.Contents ?? []).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
    ];
    expect(page.KeyCount).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(pageSize);
    found.push(...names.map((name) => name ?? "").sort(byBytes));
  }
  return found;
}

test("every key comes once, in the order of UTF-8 bytes, over pages of any size", async () => {
  const sorted = [...keys].sort(byBytes);
  for (const pageSize of [7, 1000]) expect(await listAll({}, pageSize)).toEqual(sorted);
});

test("below a prefix", async () => {
  expect(await listAll({ Prefix: "b/c/" }, 50)).toEqual(keys.filter((key) => key.startsWith("b/c/")));
  expect(await listAll({ Prefix: "b/c/00" }, 1000)).toHaveLength(100);
  expect(await listAll({ Prefix: "no such" }, 1000)).toEqual([]);
});

test("with a delimiter each common prefix comes once, whatever the page size", async () => {
  const direct = Array.from({ length: 20 }, (_, i) => String(i).padStart(4, "0"));
  const expected = [...direct, "a-b/", "a/", "b/", "ä/", "\uff5e/", "😀/"];
  for (const pageSize of [1, 3, 21, 1000]) expect(await listAll({ Delimiter: "/" }, pageSize)).toEqual(expected);
  expect(await listAll({ Delimiter: "/", Prefix: "b/" }, 2)).toEqual([...direct.map((name) => `b/${name}`), "b/c/"]);
});

test("after a key", async () => {
  expect(await listAll({ StartAfter: "b/c/0100", Prefix: "b/c/" }, 4)).toHaveLength(9);
  expect((await listAll({ StartAfter: "a/0010x" }, 1000))[0]).toBe("a/0011");
});

test("with keys written as in a URL", async () => {
  const page = await stack.client.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: "ä/", EncodingType: "url", MaxKeys: 1 }),
  );
  expect([page.Contents?.[0]?.Key, page.Prefix, page.EncodingType]).toEqual(["%C3%A4/0000", "%C3%A4/", "url"]);
});

test("no keys when none are asked for, and no token that was made up", async () => {
  const none = await stack.client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 0 }));
  expect([none.KeyCount, none.IsTruncated]).toEqual([0, false]);
  const command = new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: "made up" });
  expect(await errorOf(stack.client.send(command))).toEqual({ name: "InvalidArgument", status: 400 });
});

test("the first version of the call goes on with markers", async () => {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await stack.client.send(
      new ListObjectsCommand({ Bucket: bucket, Delimiter: "/", MaxKeys: 4, Marker }),
    );
    found.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ""));
    found.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ""));
    Marker = page.NextMarker;
  } while (Marker);
  expect(found).toHaveLength(26);
  expect(new Set(found).size).toBe(26);
});
