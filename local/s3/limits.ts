/** Bounds of the S3 server. */
export interface S3Limits {
  /** Bytes of an object or a part sent in one request. */
  readonly maxObjectBytes: number;
  /** Bytes of a multipart object in all. */
  readonly maxMultipartBytes: number;
  /** Bytes of each part but the last. */
  readonly minPartBytes: number;
  /** Bytes of an XML body. */
  readonly maxXmlBytes: number;
  /** Bytes of a request's headers. */
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** A connection on which nothing moves for longer is closed. */
  readonly idleMilliseconds: number;
  /** A request that takes longer to arrive is refused. */
  readonly requestMilliseconds: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: S3Limits = {
  maxObjectBytes: 5 * 1024 * mebibyte,
  maxMultipartBytes: 5 * 1024 * 1024 * mebibyte,
  minPartBytes: 5 * mebibyte,
  maxXmlBytes: 8 * mebibyte,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 512,
  idleMilliseconds: 120_000,
  requestMilliseconds: 6 * 3600_000,
};

export const maxListedKeys = 1000;
export const maxDeletedKeys = 1000;
export const maxPartNumber = 10_000;
export const maxKeyBytes = 1024;
export const maxMetadataBytes = 2048;
