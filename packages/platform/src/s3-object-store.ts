import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { ConflictError, InvalidError, NotFoundError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { copyInParts, copyVersion, copyWhole } from "./s3-copy.ts";

const partBytes = 8 * 1024 ** 2;
/** A prefix may hold this many listings of 1,000 objects; more is a fault of ours. */
const maxListings = 100;
/** Former versions of an object that are looked at. */
const maxVersions = 100;
/** Says of a restored object which mark it had: a copy of an object that was sent in parts gets another. */
const restoredFrom = "restored-from";

export interface S3ObjectStoreOptions {
  /** Bytes up to which an object is copied by one call. @default 5 GiB, the most that S3 allows */
  readonly largestSingleCopy?: number;
  /** Bytes of each part of a larger copy. @default 512 MiB, which is 5 TB in 10,000 parts */
  readonly copyPartBytes?: number;
}

export function s3ObjectStore(
  bucket: string,
  client: S3Client = new S3Client({}),
  { largestSingleCopy = 5 * 1024 ** 3, copyPartBytes = 512 * 1024 ** 2 }: S3ObjectStoreOptions = {},
): ObjectStore {
  const store: ObjectStore = {
    async head(key) {
      const head = await translated(key, client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      const restoredEtag = head.Metadata?.[restoredFrom];
      return {
        etag: head.ETag ?? "",
        sizeBytes: head.ContentLength ?? 0,
        ...(restoredEtag !== undefined && { restoredEtag: decodeURIComponent(restoredEtag) }),
      };
    },

    async formerVersions(key) {
      const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: maxVersions });
      const { Versions = [] } = await client.send(command);
      return Versions.filter(({ Key, IsLatest }) => Key === key && !IsLatest).map(({ VersionId, ETag, Size }) => ({
        versionId: VersionId ?? "",
        etag: ETag ?? "",
        sizeBytes: Size ?? 0,
      }));
    },

    async restore(key, { versionId, etag }) {
      await translated(
        key,
        copyVersion(client, { bucket, key, versionId, metadata: { [restoredFrom]: encodeURIComponent(etag) } }),
      );
    },

    async read(key, { range, etag, versionId } = {}) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(range && { Range: `bytes=${range[0]}-${range[1] - 1}` }),
        ...(etag && { IfMatch: etag }),
        ...(versionId && { VersionId: versionId }),
      });
      const object = await translated(key, client.send(command));
      return {
        etag: object.ETag ?? "",
        sizeBytes: object.ContentLength ?? 0,
        body: object.Body as Readable,
      };
    },

    async readBytes(key, maxBytes, versionId) {
      const { body, sizeBytes } = await store.read(key, versionId === undefined ? {} : { versionId });
      if (sizeBytes > maxBytes) {
        if (body instanceof Readable) body.destroy();
        throw new InvalidError("object-too-large", { name: nameOf(key), found: sizeBytes, expected: maxBytes });
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return Buffer.concat(chunks);
    },

    async write(key, body, contentType) {
      const target = { Bucket: bucket, Key: key, ContentType: contentType };
      if (body instanceof Uint8Array) {
        const put = await client.send(new PutObjectCommand({ ...target, Body: body }));
        const sha256 = createHash("sha256").update(body).digest("hex");
        return { sizeBytes: body.length, sha256, etag: put.ETag ?? "" };
      }
      const hash = createHash("sha256");
      let sizeBytes = 0;
      async function* counted(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          yield chunk;
        }
      }
      const Body = Readable.from(counted(body), { objectMode: false });
      const upload = new Upload({ client, params: { ...target, Body }, partSize: partBytes, queueSize: 2 });
      const { ETag } = await upload.done();
      return { sizeBytes, sha256: hash.digest("hex"), etag: ETag ?? "" };
    },

    async copy(fromKey, toKey, etag) {
      try {
        const { sizeBytes } = await store.head(fromKey);
        const order = { bucket, fromKey, toKey, etag };
        if (sizeBytes <= largestSingleCopy) await translated(fromKey, copyWhole(client, order));
        else await translated(fromKey, copyInParts(client, { ...order, sizeBytes, partBytes: copyPartBytes }));
      } catch (error) {
        if (!(error instanceof ConflictError) || !(await exists(store, toKey))) throw error;
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },

    async *list(prefix) {
      expectFolder(prefix);
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
      for await (const { Contents = [] } of pages)
        for (const { Key = "", Size = 0 } of Contents) yield { key: Key, sizeBytes: Size };
    },

    async deletePrefix(prefix) {
      expectFolder(prefix);
      for (let count = 0; count < maxListings; count++) {
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
        if (Contents.length === 0) return;
        const Objects = Contents.map(({ Key }) => ({ Key }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`${Errors.length} objects were not deleted: ${Errors[0]?.Code}`);
      }
    },
  };
  return store;
}

function expectFolder(prefix: string): void {
  if (!prefix.endsWith("/")) throw new RangeError(`${prefix} is no prefix that ends in "/"`);
}

async function exists(store: ObjectStore, key: string): Promise<boolean> {
  try {
    await store.head(key);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

async function translated<T>(key: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (!(cause instanceof S3ServiceException)) throw cause;
    const status = cause.$metadata.httpStatusCode;
    if (status === 404) throw new NotFoundError("object-not-found", { name: nameOf(key) }, { cause });
    if (status === 412) throw new ConflictError("data-changed", {}, { cause });
    throw cause;
  }
}

function nameOf(key: string): string {
  return key.split("/").at(-1) ?? key;
}
