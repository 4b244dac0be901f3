import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  isChecksumAlgorithm,
  isChecksumValue,
} from "../checksums/checksum.ts";
import type { S3Request } from "../http/s3-request.ts";
import { S3Error } from "../s3-error.ts";

/** The checksum that a client states for a body, in a header or, later, in a trailer. */
export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base 64; throws `S3Error` where the trailer did not come. To be asked for after the body. */
  readonly value: (trailers: ReadonlyMap<string, string>) => string;
}

export function readDeclaredChecksum(request: S3Request): DeclaredChecksum | undefined {
  const inHeader = checksumAlgorithms.filter((algorithm) => request.header(checksumHeader(algorithm)) !== undefined);
  const trailer = request.header("x-amz-trailer");
  const inTrailer = trailer === undefined ? undefined : algorithmOfTrailer(trailer);
  if (inHeader.length + (inTrailer ? 1 : 0) > 1) {
    throw new S3Error(
      "InvalidRequest",
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  const [algorithm] = inHeader;
  if (algorithm) {
    const value = request.header(checksumHeader(algorithm)) ?? "";
    checkForm(algorithm, value);
    return { algorithm, value: () => value };
  }
  if (!inTrailer) return undefined;
  return {
    algorithm: inTrailer,
    value: (trailers) => {
      const value = trailers.get(checksumHeader(inTrailer));
      if (value === undefined) {
        throw new S3Error("MalformedTrailerError", "The request contained trailing data that was not well-formed.");
      }
      checkForm(inTrailer, value);
      return value;
    },
  };
}

export function badDigest(algorithm: string): S3Error {
  return new S3Error("BadDigest", `The ${algorithm} you specified did not match the calculated checksum.`);
}

function checkForm(algorithm: ChecksumAlgorithm, value: string): void {
  if (!isChecksumValue(algorithm, value)) {
    throw new S3Error("InvalidRequest", `Value for ${checksumHeader(algorithm)} header is invalid.`);
  }
}

function algorithmOfTrailer(trailer: string): ChecksumAlgorithm {
  const name = /^x-amz-checksum-([a-z0-9]+)$/.exec(trailer.trim().toLowerCase())?.[1]?.toUpperCase() ?? "";
  if (!isChecksumAlgorithm(name)) {
    throw new S3Error("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");
  }
  return name;
}
