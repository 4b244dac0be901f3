import type { Download } from "@systemhealer/contract/artefact";
import type { SignedRequest } from "@systemhealer/contract/operations";

/** Addresses by which a client moves bytes itself. */
export interface Transfers {
  /** One PUT of the whole file, at most once. @param sha256 hex */
  signUpload(key: string, sizeBytes: number, sha256: string): Promise<SignedRequest>;
  startMultipart(key: string): Promise<string>;
  /** @param checksum base64 SHA-256 of the part */
  signPart(key: string, uploadId: string, partNumber: number, checksum: string): Promise<SignedRequest>;
  /** In rising order of their numbers. @throws NotFoundError when the upload is gone */
  listParts(
    key: string,
    uploadId: string,
  ): Promise<
    readonly { readonly number: number; readonly sizeBytes: number; readonly checksum: string; readonly etag: string }[]
  >;
  /** Joins the parts unless the object exists already. @throws ConflictError */
  completeMultipart(
    key: string,
    uploadId: string,
    parts: readonly { readonly number: number; readonly checksum: string; readonly etag: string }[],
  ): Promise<void>;
  /** An upload that is gone is no error. */
  abortMultipart(key: string, uploadId: string): Promise<void>;
  signDownload(file: {
    readonly key: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly sizeBytes: number;
    readonly sha256: string;
  }): Promise<Download>;
}
