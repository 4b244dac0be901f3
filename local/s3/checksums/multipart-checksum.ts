import { type Checksum, type ChecksumAlgorithm, type ChecksumType, createDigest } from "./checksum.ts";
import { combineCrc, crcShapes } from "./combine-crc.ts";

export interface PartChecksum {
  readonly value: string;
  readonly size: number;
}

/** The checksum of an object from those of its parts: a checksum of checksums, or that of all bytes (CRCs only). */
export function multipartChecksum(
  algorithm: ChecksumAlgorithm,
  type: ChecksumType,
  parts: readonly PartChecksum[],
): Checksum {
  if (type === "COMPOSITE") {
    const digest = createDigest(algorithm);
    for (const part of parts) digest.update(Buffer.from(part.value, "base64"));
    return { algorithm, type, value: `${digest.digest()}-${parts.length}` };
  }
  if (algorithm === "SHA1" || algorithm === "SHA256") {
    throw new TypeError(`${algorithm} has no full-object checksum of a multipart object`);
  }
  const shape = crcShapes[algorithm];
  let crc = 0n;
  for (const part of parts) {
    const value = BigInt(`0x${Buffer.from(part.value, "base64").toString("hex")}`);
    crc = combineCrc(crc, value, part.size, shape);
  }
  const value = Buffer.from(crc.toString(16).padStart(shape.width / 4, "0"), "hex").toString("base64");
  return { algorithm, type, value };
}
