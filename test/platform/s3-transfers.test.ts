import { createHash, randomBytes } from "node:crypto";
import type { SignedRequest } from "@systemhealer/contract/operations";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import type { Transfers } from "@systemhealer/domain/ports/transfers";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { s3Transfers } from "@systemhealer/platform/s3-transfers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bucket, type LocalBucket, localBucket } from "./fixtures/local-bucket.ts";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes);
const put = (request: SignedRequest, body: Buffer<ArrayBuffer>, headers = request.headers) =>
  fetch(request.url, { method: "PUT", headers, body });

describe("transfers by signed addresses", () => {
  let local: LocalBucket;
  let transfers: Transfers;
  let objects: ObjectStore;
  beforeAll(async () => {
    local = await localBucket();
    transfers = s3Transfers(bucket, { downloadSeconds: 60 }, local.client);
    objects = s3ObjectStore(bucket, local.client);
  });
  afterAll(() => local.close());

  it("a file is sent once, and only the file that was announced", async () => {
    const file = Buffer.from("cpu,label\n1,2\n");
    const sign = (key: string) => transfers.signUpload(key, file.length, hash(file).digest("hex"));
    const request = await sign("uploads/w/d/source");
    const otherBytes = Buffer.from("cpu,label\n9,9\n");
    expect((await put(request, otherBytes)).status).toBe(400);
    expect((await put(request, Buffer.concat([file, file]))).status).toBe(403);
    const { "if-none-match": _, ...withoutCondition } = request.headers;
    expect((await put(request, file, withoutCondition)).status).toBe(403);
    const { "x-amz-checksum-sha256": __, ...withoutChecksum } = request.headers;
    expect((await put(request, file, withoutChecksum)).status).toBe(403);
    const other = await sign("uploads/w/e/source");
    expect((await put({ ...request, url: other.url.replace("/e/", "/d/") }, file)).status).toBe(403);
    expect((await put(request, file)).status).toBe(200);
    expect((await put(request, file)).status).toBe(412);
    expect(await objects.head("uploads/w/d/source")).toMatchObject({ sizeBytes: file.length });
  });

  it("parts arrive in any order, are listed, and are joined once", async () => {
    const key = "uploads/w/multi/source";
    const parts = [randomBytes(5 * 1024 ** 2), randomBytes(100)];
    const uploadId = await transfers.startMultipart(key);
    for (const number of [2, 1]) {
      const bytes = parts[number - 1]!;
      const request = await transfers.signPart(key, uploadId, number, hash(bytes).digest("base64"));
      if (number === 2) expect((await put(request, randomBytes(bytes.length))).status).toBe(400);
      expect((await put(request, bytes)).status).toBe(200);
    }
    const listed = await transfers.listParts(key, uploadId);
    expect(listed.map(({ number, sizeBytes, checksum }) => [number, sizeBytes, checksum])).toEqual(
      parts.map((bytes, index) => [index + 1, bytes.length, hash(bytes).digest("base64")]),
    );
    await transfers.completeMultipart(key, uploadId, listed);
    expect(Buffer.from(await objects.readBytes(key, 10 ** 7))).toEqual(Buffer.concat(parts));
    await expect(transfers.listParts(key, uploadId)).rejects.toBeInstanceOf(NotFoundError);
    const second = await transfers.startMultipart(key);
    const request = await transfers.signPart(key, second, 1, hash(parts[1]!).digest("base64"));
    expect((await put(request, parts[1]!)).status).toBe(200);
    const secondParts = await transfers.listParts(key, second);
    await expect(transfers.completeMultipart(key, second, secondParts)).rejects.toBeInstanceOf(ConflictError);
  });

  it("an upload that is given up is gone, and giving up twice is no error", async () => {
    const uploadId = await transfers.startMultipart("uploads/w/gone/source");
    await transfers.abortMultipart("uploads/w/gone/source", uploadId);
    await transfers.abortMultipart("uploads/w/gone/source", uploadId);
    await expect(transfers.listParts("uploads/w/gone/source", uploadId)).rejects.toBeInstanceOf(NotFoundError);
  });

  it("a download has its name and can be continued", async () => {
    const bytes = Buffer.from("row,diagnosis\n1,4\n");
    const { sizeBytes, sha256 } = await objects.write("runs/w/r/results.csv", bytes, "text/csv");
    const file = { key: "runs/w/r/results.csv", fileName: "结果 1.csv", contentType: "text/csv", sizeBytes, sha256 };
    const download = await transfers.signDownload(file);
    expect(download).toMatchObject({ fileName: "结果 1.csv", sizeBytes, sha256 });
    const whole = await fetch(download.url);
    expect(await whole.text()).toBe(bytes.toString());
    expect(whole.headers.get("content-disposition")).toBe(
      `attachment; filename="__ 1.csv"; filename*=UTF-8''${encodeURIComponent("结果 1.csv")}`,
    );
    const quoted = await transfers.signDownload({ ...file, fileName: 'a"; filename="b\\\r\n.csv' });
    const answer = await fetch(quoted.url);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="a__ filename__b___.csv"; filename*=UTF-8''a%22%3B%20filename%3D%22b%5C%0D%0A.csv`,
    );
    const rest = await fetch(download.url, { headers: { range: "bytes=4-" } });
    expect([rest.status, await rest.text()]).toEqual([206, "diagnosis\n1,4\n"]);
  });
});
