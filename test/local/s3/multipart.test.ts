import { createHash } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket, errorOf, someBytes, startTestS3, type TestS3 } from "./support/test-s3.ts";

const mebibyte = 1024 * 1024;
let stack: TestS3;
beforeAll(async () => {
  stack = await startTestS3();
});
afterAll(() => stack.close());

interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string | undefined;
  readonly ChecksumSHA256?: string | undefined;
}

async function begin(Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await stack.client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key, ...more }));
  return UploadId ?? "";
}

async function sendPart(
  Key: string,
  UploadId: string,
  PartNumber: number,
  Body: Uint8Array,
  more = {},
): Promise<SentPart> {
  const command = new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber, Body, ...more });
  const { ETag, ChecksumSHA256 } = await stack.client.send(command);
  return { PartNumber, ETag, ChecksumSHA256 };
}

function complete(Key: string, UploadId: string, Parts: SentPart[], more = {}) {
  return stack.client.send(
    new CompleteMultipartUploadCommand({ Bucket: bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }),
  );
}

async function download(Key: string, more = {}): Promise<Buffer> {
  const { Body } = await stack.client.send(new GetObjectCommand({ Bucket: bucket, Key, ...more }));
  return Buffer.from(await Body!.transformToByteArray());
}

describe("parts become an object", () => {
  test("byte by byte, whatever the order they came in, and ranges cross their borders", async () => {
    const parts = [someBytes(5 * mebibyte), someBytes(5 * mebibyte + 1), someBytes(3)];
    const id = await begin("parts");
    const sent: SentPart[] = [];
    for (const i of [2, 0, 1]) sent[i] = await sendPart("parts", id, 10 * i + 1, parts[i]!);
    const { ETag } = await complete("parts", id, sent);
    const whole = Buffer.concat(parts);
    const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest();
    expect(ETag).toBe(`"${md5(Buffer.concat(parts.map(md5))).toString("hex")}-3"`);
    expect((await download("parts")).equals(whole)).toBe(true);
    const [from, to] = [5 * mebibyte - 7, 10 * mebibyte + 2];
    expect((await download("parts", { Range: `bytes=${from}-${to}` })).equals(whole.subarray(from, to + 1))).toBe(true);
    expect((await download("parts", { PartNumber: 2 })).equals(parts[1]!)).toBe(true);
  });

  test("a part that is sent again replaces the former one, and a part not named is dropped", async () => {
    const id = await begin("replaced");
    await sendPart("replaced", id, 1, someBytes(100));
    const unused = await sendPart("replaced", id, 2, someBytes(200));
    const used = await sendPart("replaced", id, 1, someBytes(300));
    expect(unused.ETag).toBeDefined();
    await complete("replaced", id, [used]);
    expect(await download("replaced")).toHaveLength(300);
  });

  test("completing again answers the same, so that a retry does no harm", async () => {
    const id = await begin("twice");
    const part = await sendPart("twice", id, 1, someBytes(10));
    const first = await complete("twice", id, [part]);
    expect((await complete("twice", id, [part])).ETag).toBe(first.ETag);
  });

  test("with SHA-256 per part and a checksum of checksums", async () => {
    const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
    const parts = [someBytes(5 * mebibyte), someBytes(5)];
    const id = await begin("sha", { ChecksumAlgorithm: "SHA256" });
    const more = { ChecksumAlgorithm: "SHA256" };
    const sent = [await sendPart("sha", id, 1, parts[0]!, more), await sendPart("sha", id, 2, parts[1]!, more)];
    expect(sent.map(({ ChecksumSHA256 }) => ChecksumSHA256)).toEqual(
      parts.map((part) => sha256(part).toString("base64")),
    );
    const answer = await complete("sha", id, sent);
    expect(answer.ChecksumSHA256).toBe(`${sha256(Buffer.concat(parts.map(sha256))).toString("base64")}-2`);
    expect(answer.ChecksumType).toBe("COMPOSITE");
  });

  test.each(["CRC32", "CRC32C", "CRC64NVME"] as const)(
    "with a full-object %s equal to that of one PUT",
    async (algorithm) => {
      const body = someBytes(5 * mebibyte + 99);
      const put = { Bucket: bucket, Body: body, ChecksumAlgorithm: algorithm };
      await stack.client.send(new PutObjectCommand({ ...put, Key: "one" }));
      const id = await begin("full", { ChecksumAlgorithm: algorithm, ChecksumType: "FULL_OBJECT" });
      const more = { ChecksumAlgorithm: algorithm };
      await complete("full", id, [
        await sendPart("full", id, 1, body.subarray(0, 5 * mebibyte), more),
        await sendPart("full", id, 2, body.subarray(5 * mebibyte), more),
      ]);
      const head = (Key: string) =>
        stack.client.send(new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: "ENABLED" }));
      const name = `Checksum${algorithm}` as const;
      const [one, full] = [await head("one"), await head("full")];
      expect(full[name]).toBe(one[name]);
      expect(full[name]).toBeDefined();
    },
  );

  test("by lib-storage, several at a time", async () => {
    const body = someBytes(26 * mebibyte);
    const params = { Bucket: bucket, Key: "by lib", Body: body, IfNoneMatch: "*" };
    await new Upload({ client: stack.client, params, partSize: 5 * mebibyte, queueSize: 4 }).done();
    expect((await download("by lib")).equals(body)).toBe(true);
  });

  test("of ranges of another object", async () => {
    const source = someBytes(5 * mebibyte + 10);
    await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "source", Body: source }));
    const id = await begin("copied");
    const copy = { Bucket: bucket, Key: "copied", UploadId: id, CopySource: `/${bucket}/source` };
    const parts: SentPart[] = [];
    for (const [i, range] of [`0-${5 * mebibyte - 1}`, `${5 * mebibyte}-${5 * mebibyte + 9}`].entries()) {
      const command = new UploadPartCopyCommand({ ...copy, PartNumber: i + 1, CopySourceRange: `bytes=${range}` });
      const { CopyPartResult } = await stack.client.send(command);
      parts.push({ PartNumber: i + 1, ETag: CopyPartResult?.ETag });
    }
    await complete("copied", id, parts);
    expect((await download("copied")).equals(source)).toBe(true);
  });
});

describe("a faulty completion is refused and can be mended", () => {
  test("wrong tag, unknown part, wrong order, part too small, wrong checksum, missing checksum", async () => {
    const id = await begin("faulty", { ChecksumAlgorithm: "SHA256" });
    const more = { ChecksumAlgorithm: "SHA256" };
    const one = await sendPart("faulty", id, 1, someBytes(10), more);
    const two = await sendPart("faulty", id, 2, someBytes(20), more);
    const fault = async (parts: SentPart[], further = {}) =>
      (await errorOf(complete("faulty", id, parts, further))).name;
    expect(await fault([{ ...one, ETag: two.ETag }])).toBe("InvalidPart");
    expect(await fault([one, { ...two, PartNumber: 3 }])).toBe("InvalidPart");
    expect(await fault([two, one])).toBe("InvalidPartOrder");
    expect(await fault([one, two])).toBe("EntityTooSmall");
    expect(await fault([{ ...one, ChecksumSHA256: two.ChecksumSHA256 }])).toBe("InvalidPart");
    expect(await fault([{ PartNumber: 1, ETag: one.ETag }])).toBe("InvalidRequest");
    expect(await fault([one], { ChecksumSHA256: two.ChecksumSHA256 })).toBe("BadDigest");
    expect(await errorOf(sendPart("faulty", id, 3, someBytes(1), { ChecksumAlgorithm: "CRC32" }))).toEqual({
      name: "InvalidRequest",
      status: 400,
    });
    await complete("faulty", id, [one]);
  });

  test("If-None-Match: the first completion wins", async () => {
    const uploads = await Promise.all(
      [1, 2].map(async (n) => {
        const id = await begin("raced");
        return { id, part: await sendPart("raced", id, 1, someBytes(n)) };
      }),
    );
    const ends = await Promise.allSettled(
      uploads.map(({ id, part }) => complete("raced", id, [part], { IfNoneMatch: "*" })),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = ends.filter((end) => end.status === "rejected");
    expect(refused.map(({ reason }) => (reason as Error).name)).toEqual(["PreconditionFailed"]);
  });
});

test("parts and uploads are listed page by page", async () => {
  const id = await begin("listed/parts");
  for (let number = 1; number <= 5; number++) await sendPart("listed/parts", id, number, someBytes(number));
  const sizes: (number | undefined)[] = [];
  let PartNumberMarker: string | undefined;
  do {
    const page = await stack.client.send(
      new ListPartsCommand({ Bucket: bucket, Key: "listed/parts", UploadId: id, MaxParts: 2, PartNumberMarker }),
    );
    sizes.push(...(page.Parts ?? []).map(({ Size }) => Size));
    PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (PartNumberMarker);
  expect(sizes).toEqual([1, 2, 3, 4, 5]);

  const more = [await begin("listed/other"), await begin("listed/parts")];
  const ids: (string | undefined)[] = [];
  let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
  do {
    const page: ListMultipartUploadsCommandOutput = await stack.client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: "listed/", MaxUploads: 1, ...marker }),
    );
    ids.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
    marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined;
  } while (marker);
  expect([...ids].sort()).toEqual([id, ...more].sort());
  expect(ids[0]).toBe(more[0]);
});

test("an aborted upload is gone", async () => {
  const id = await begin("aborted");
  const part = await sendPart("aborted", id, 1, someBytes(10));
  await stack.client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: "aborted", UploadId: id }));
  expect(await errorOf(complete("aborted", id, [part]))).toEqual({ name: "NoSuchUpload", status: 404 });
  expect(await errorOf(sendPart("aborted", id, 1, someBytes(10)))).toEqual({ name: "NoSuchUpload", status: 404 });
});
