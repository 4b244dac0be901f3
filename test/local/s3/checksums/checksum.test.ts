import { expect, test } from "vitest";
import { type ChecksumAlgorithm, createDigest } from "../../../../local/s3/checksums/checksum.ts";
import { multipartChecksum } from "../../../../local/s3/checksums/multipart-checksum.ts";
import { someBytes } from "../support/test-s3.ts";

function checksum(algorithm: ChecksumAlgorithm, ...pieces: readonly Uint8Array[]): string {
  const digest = createDigest(algorithm);
  for (const piece of pieces) digest.update(piece);
  return digest.digest();
}

const hex = (base64: string) => Buffer.from(base64, "base64").toString("hex");

test.each([
  ["CRC32", "cbf43926"],
  ["CRC32C", "e3069283"],
  ["CRC64NVME", "ae8b14860a799888"],
] as const)("%s of the catalogue's check text", (algorithm, value) => {
  expect(hex(checksum(algorithm, Buffer.from("123456789")))).toBe(value);
});

test.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
  "%s does not depend on how bytes are cut",
  (algorithm) => {
    const bytes = someBytes(1001);
    const pieces = [bytes.subarray(0, 3), bytes.subarray(3, 3), bytes.subarray(3, 500), bytes.subarray(500)];
    expect(checksum(algorithm, ...pieces)).toBe(checksum(algorithm, bytes));
  },
);

test.each(["CRC32", "CRC32C", "CRC64NVME"] as const)(
  "the %s of an object follows from those of its parts",
  (algorithm) => {
    const parts = [someBytes(70_001), Buffer.alloc(0), Buffer.alloc(999), someBytes(1)];
    const known = parts.map((part) => ({ value: checksum(algorithm, part), size: part.length }));
    expect(multipartChecksum(algorithm, "FULL_OBJECT", known).value).toBe(checksum(algorithm, Buffer.concat(parts)));
  },
);
