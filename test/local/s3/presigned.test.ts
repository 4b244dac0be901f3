import { createHash } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucket, someBytes, startTestS3, type TestS3 } from "./support/test-s3.ts";

let stack: TestS3;
let clock = 0;
beforeAll(async () => {
  stack = await startTestS3({ now: () => Date.now() + clock });
});
afterAll(() => stack.close());

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64");

async function code(answer: Response): Promise<string | undefined> {
  return /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1];
}

describe("a presigned PUT that signs if-none-match and the checksum", () => {
  const body = someBytes(70_000);
  const headers = { "if-none-match": "*", "x-amz-checksum-sha256": sha256(body), "content-type": "text/csv" };
  const presign = (Key: string, expiresIn = 900) =>
    getSignedUrl(
      stack.client,
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        IfNoneMatch: "*",
        ChecksumSHA256: headers["x-amz-checksum-sha256"],
        ContentType: headers["content-type"],
      }),
      {
        expiresIn,
        signableHeaders: new Set(Object.keys(headers)),
        unhoistableHeaders: new Set(["x-amz-checksum-sha256", "if-none-match"]),
      },
    );

  test("works with plain fetch, once", async () => {
    const url = await presign("uploads/w/d/source");
    const first = await fetch(url, { method: "PUT", headers, body });
    expect([first.status, first.headers.get("x-amz-checksum-sha256")]).toEqual([200, headers["x-amz-checksum-sha256"]]);
    const second = await fetch(url, { method: "PUT", headers, body });
    expect([second.status, await code(second)]).toEqual([412, "PreconditionFailed"]);
    const got = await stack.client.send(new GetObjectCommand({ Bucket: bucket, Key: "uploads/w/d/source" }));
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(body)).toBe(true);
    expect(got.ContentType).toBe("text/csv");
  });

  test("is refused without the header that was signed", async () => {
    const { "if-none-match": _, ...rest } = headers;
    const answer = await fetch(await presign("b"), { method: "PUT", headers: rest, body });
    expect([answer.status, await code(answer)]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  test("is refused with other bytes", async () => {
    const answer = await fetch(await presign("c"), { method: "PUT", headers, body: someBytes(70_001) });
    expect([answer.status, await code(answer)]).toEqual([400, "BadDigest"]);
  });

  test("is refused for another key", async () => {
    const url = (await presign("one")).replace("/one?", "/two?");
    const answer = await fetch(url, { method: "PUT", headers, body });
    expect([answer.status, await code(answer)]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  test("is refused with an x-amz- header that was not signed", async () => {
    const answer = await fetch(await presign("d"), {
      method: "PUT",
      headers: { ...headers, "x-amz-meta-more": "1" },
      body,
    });
    expect([answer.status, await code(answer)]).toEqual([403, "AccessDenied"]);
  });

  test("is refused after its time", async () => {
    const url = await presign("e", 60);
    clock = 61_000;
    const answer = await fetch(url, { method: "PUT", headers, body });
    clock = 0;
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  });

  test("of two at the same time one wins", async () => {
    const url = await presign("race");
    const answers = await Promise.all([1, 2, 3, 4].map(() => fetch(url, { method: "PUT", headers, body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

test("a checksum that the presigner put into the query counts too", async () => {
  const body = someBytes(10);
  const url = await getSignedUrl(
    stack.client,
    new PutObjectCommand({ Bucket: bucket, Key: "hoisted", ChecksumSHA256: sha256(body) }),
  );
  expect(url).toContain("x-amz-checksum-sha256=");
  expect((await fetch(url, { method: "PUT", body: someBytes(11) })).status).toBe(400);
  expect((await fetch(url, { method: "PUT", body })).status).toBe(200);
});

test("parts are sent by presigned requests with their checksums", async () => {
  const parts = [someBytes(5 * 1024 * 1024), someBytes(77)];
  const target = { Bucket: bucket, Key: "in parts" };
  const { UploadId } = await stack.client.send(
    new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: "SHA256" }),
  );
  for (const [i, part] of parts.entries()) {
    const url = await getSignedUrl(
      stack.client,
      new UploadPartCommand({ ...target, UploadId, PartNumber: i + 1, ChecksumSHA256: sha256(part) }),
      { unhoistableHeaders: new Set(["x-amz-checksum-sha256"]) },
    );
    const answer = await fetch(url, { method: "PUT", headers: { "x-amz-checksum-sha256": sha256(part) }, body: part });
    expect([answer.status, answer.headers.get("etag")]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}"$/)]);
  }
  const listed = await stack.client.send(new ListPartsCommand({ ...target, UploadId }));
  const complete = new CompleteMultipartUploadCommand({
    ...target,
    UploadId,
    IfNoneMatch: "*",
    MultipartUpload: {
      Parts: listed.Parts?.map(({ PartNumber, ETag, ChecksumSHA256 }) => ({ PartNumber, ETag, ChecksumSHA256 })),
    },
  });
  const { ChecksumSHA256 } = await stack.client.send(complete);
  const digests = parts.map((part) => Buffer.from(sha256(part), "base64"));
  expect(ChecksumSHA256).toBe(`${sha256(Buffer.concat(digests))}-2`);
});

test("a presigned GET names the download and gives ranges", async () => {
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "results.csv", Body: "0123456789" }));
  const disposition = 'attachment; filename="results of run 7.csv"';
  const url = await getSignedUrl(
    stack.client,
    new GetObjectCommand({
      Bucket: bucket,
      Key: "results.csv",
      ResponseContentDisposition: disposition,
      ResponseContentType: "text/csv",
    }),
    { expiresIn: 300 },
  );
  const whole = await fetch(url);
  expect([whole.headers.get("content-disposition"), whole.headers.get("content-type"), await whole.text()]).toEqual([
    disposition,
    "text/csv",
    "0123456789",
  ]);
  const part = await fetch(url, { headers: { range: "bytes=-3" } });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 7-9/10", "789"]);
});
