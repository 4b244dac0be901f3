import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { MemoryCredentialStore } from "../../../local/sigv4/credential-store.ts";
import { signedBody } from "../../../local/sigv4/signed-body.ts";
import type { ChunkSigning, SignedPayload } from "../../../local/sigv4/verify-streamed-request.ts";
import { verifyStreamedRequest } from "../../../local/sigv4/verify-streamed-request.ts";

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");

/**
 * The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: 66560 bytes "a" in chunks of
 * 64 KiB, with the signatures that are printed there.
 */
const example = {
  request: {
    method: "PUT",
    url: "/examplebucket/chunkObject.txt",
    rawHeaders: Object.entries({
      Host: "s3.amazonaws.com",
      "x-amz-date": "20130524T000000Z",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
      Authorization:
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "Content-Encoding": "aws-chunked",
      "x-amz-decoded-content-length": "66560",
      "Content-Length": "66824",
    }).flat(),
  },
  signatures: [
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
  ],
};

function exampleBody(signatures: readonly string[]): Buffer {
  const sizes = [65_536, 1024, 0];
  return Buffer.concat(
    sizes.map((size, i) =>
      Buffer.from(`${size.toString(16)};chunk-signature=${signatures[i]}\r\n${"a".repeat(size)}\r\n`),
    ),
  );
}

function examplePayload(): SignedPayload {
  const credentials = new MemoryCredentialStore();
  credentials.set("AKIAIOSFODNN7EXAMPLE", {
    secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    principal: { arn: "arn:aws:iam::000000000000:user/example", policies: [] },
  });
  return verifyStreamedRequest(example.request, {
    service: "s3",
    region: "us-east-1",
    credentials,
    now: () => Date.UTC(2013, 4, 24),
  }).payload;
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function read(
  bytes: Uint8Array,
  payload: SignedPayload,
  trailers = new Map<string, string>(),
  size = 1000,
): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const piece of signedBody(inPieces(bytes, size), payload, trailers)) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

test("AWS's example of signed chunks is verified, however the bytes are cut", async () => {
  const payload = examplePayload();
  for (const size of [1, 7, 65_536, 100_000]) {
    const bytes = await read(exampleBody(example.signatures), payload, new Map(), size);
    expect(bytes.equals(Buffer.alloc(66_560, "a"))).toBe(true);
  }
});

test("a chunk that was changed, left out or not signed is refused", async () => {
  const payload = examplePayload();
  const body = exampleBody(example.signatures);
  const changed = Buffer.from(body);
  changed[70_000 - 4000] = "b".charCodeAt(0);
  await expect(read(changed, payload)).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
  const [first = "", , last = ""] = example.signatures;
  const without = Buffer.concat([body.subarray(0, 65_536 + 90), Buffer.from(`0;chunk-signature=${last}\r\n\r\n`)]);
  await expect(read(without, payload)).rejects.toMatchObject({ status: expect.any(Number) });
  await expect(read(exampleBody([first, first, last]), payload)).rejects.toMatchObject({
    code: "SignatureDoesNotMatch",
  });
  await expect(read(Buffer.from("3\r\nabc\r\n0\r\n\r\n"), payload)).rejects.toMatchObject({
    code: "SignatureDoesNotMatch",
  });
  await expect(read(body.subarray(0, 40_000), payload)).rejects.toMatchObject({ code: "IncompleteBody" });
});

test("signed trailers are verified", async () => {
  const scope = { date: "20261121", region: "eu-central-1", service: "s3" };
  const signing: ChunkSigning = {
    seedSignature: "0".repeat(64),
    key: Buffer.from("key"),
    timestamp: "20261121T000000Z",
    scope,
  };
  const sign = (algorithm: string, previous: string, ...hashes: string[]) =>
    createHmac("sha256", signing.key)
      .update([algorithm, signing.timestamp, "20261121/eu-central-1/s3/aws4_request", previous, ...hashes].join("\n"))
      .digest("hex");
  const one = sign("AWS4-HMAC-SHA256-PAYLOAD", signing.seedSignature, sha256(""), sha256("abc"));
  const end = sign("AWS4-HMAC-SHA256-PAYLOAD", one, sha256(""), sha256(""));
  const trailer = sign("AWS4-HMAC-SHA256-TRAILER", end, sha256("x-amz-checksum-crc32:NSRBwg==\n"));
  const body = (value: string, signature: string) =>
    Buffer.from(
      `3;chunk-signature=${one}\r\nabc\r\n0;chunk-signature=${end}\r\nx-amz-checksum-crc32:${value}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
    );
  const payload: SignedPayload = { kind: "chunks", trailer: true, signing };
  const trailers = new Map<string, string>();
  expect((await read(body("NSRBwg==", trailer), payload, trailers)).toString()).toBe("abc");
  expect([...trailers]).toEqual([["x-amz-checksum-crc32", "NSRBwg=="]]);
  await expect(read(body("AAAAAA==", trailer), payload)).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
  await expect(read(body("NSRBwg==", one), payload)).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
});

test("a body of another hash than the signed one is refused at its end", async () => {
  const payload: SignedPayload = { kind: "hash", sha256: sha256("abc") };
  expect((await read(Buffer.from("abc"), payload)).toString()).toBe("abc");
  await expect(read(Buffer.from("abd"), payload)).rejects.toMatchObject({ code: "XAmzContentSHA256Mismatch" });
});

test.each([
  "zz\r\nabc\r\n",
  "3\nabc\r\n0\r\n\r\n",
  "2\r\nabc\r\n0\r\n\r\n",
  "3\r\nabc\r\n0\r\n\r\nmore",
  "f".repeat(5000),
])("nonsense in place of chunks is refused: %j", async (text) => {
  const payload: SignedPayload = { kind: "chunks", trailer: true, signing: undefined };
  await expect(read(Buffer.from(text), payload)).rejects.toMatchObject({ name: "SignatureError" });
});
