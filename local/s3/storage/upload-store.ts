import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Checksum, ChecksumAlgorithm, ChecksumType } from "../checksums/checksum.ts";
import { noSuchUpload } from "../s3-error.ts";
import type { BlobFolder } from "./blob-folder.ts";
import { syncFolder, writeFileDurably } from "./durable-file.ts";
import { KeyedMutex } from "./keyed-mutex.ts";
import type { Segment, StoredHeaders } from "./object-record.ts";
import { readJsonFolder } from "./read-json-folder.ts";

export interface UploadRecord extends StoredHeaders {
  readonly uploadId: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly initiated: number;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksumType: ChecksumType;
  /** Whether the client named the algorithm; then it must send the checksums of parts of a composite one itself. */
  readonly algorithmNamed: boolean;
}

export interface PartRecord {
  readonly number: number;
  readonly segment: Segment;
  /** MD5 in hexadecimal, without quotes. */
  readonly etag: string;
  readonly checksum: Checksum;
  readonly lastModified: number;
}

interface Upload {
  readonly record: UploadRecord;
  readonly parts: Map<number, PartRecord>;
}

const recordName = "upload.json";
const removedPrefix = "removed-";

/** Multipart uploads that are under way: a folder each, with one record for the upload and one per part. */
export class UploadStore {
  readonly #directory: string;
  readonly #blobs: BlobFolder;
  readonly #uploads: Map<string, Upload>;
  readonly #locks = new KeyedMutex();

  private constructor(directory: string, blobs: BlobFolder, uploads: Map<string, Upload>) {
    this.#directory = directory;
    this.#blobs = blobs;
    this.#uploads = uploads;
  }

  /**
   * `completed`: uploads that became objects, of which a crash may have left the folder. A part whose bytes are gone is
   * forgotten.
   */
  static async open(directory: string, blobs: BlobFolder, completed: ReadonlySet<string>): Promise<UploadStore> {
    await mkdir(directory, { recursive: true });
    const present = await blobs.names();
    const uploads = new Map<string, Upload>();
    for (const name of await readdir(directory)) {
      const upload =
        completed.has(name) || name.startsWith(removedPrefix) ? undefined : await readUpload(directory, name, present);
      if (upload) uploads.set(name, upload);
      else await rm(join(directory, name), { recursive: true, force: true });
    }
    return new UploadStore(directory, blobs, uploads);
  }

  *blobNames(): Generator<string> {
    for (const { parts } of this.#uploads.values()) for (const { segment } of parts.values()) yield segment.blob;
  }

  async create(draft: Omit<UploadRecord, "uploadId" | "initiated">): Promise<UploadRecord> {
    const uploadId = randomBytes(24).toString("hex");
    const record: UploadRecord = { ...draft, uploadId, initiated: Date.now() };
    const folder = join(this.#directory, uploadId);
    await mkdir(folder);
    await writeFileDurably(join(folder, recordName), JSON.stringify(record));
    await syncFolder(this.#directory);
    this.#uploads.set(uploadId, { record, parts: new Map() });
    return record;
  }

  list(): UploadRecord[] {
    return [...this.#uploads.values()].map(({ record }) => record);
  }

  /** Throws `S3Error` NoSuchUpload, also when the upload is one of another key. */
  get(uploadId: string, key: string): UploadRecord {
    return this.#find(uploadId, key).record;
  }

  /** Parts in the order of their numbers. */
  parts(uploadId: string, key: string): PartRecord[] {
    return [...this.#find(uploadId, key).parts.values()].sort((a, b) => a.number - b.number);
  }

  /** Keeps a part whose bytes are durable, in place of a former one of its number. */
  async putPart(uploadId: string, key: string, part: PartRecord): Promise<void> {
    await this.#locks.run(uploadId, async () => {
      const upload = this.#find(uploadId, key);
      const path = join(this.#directory, uploadId, `part-${String(part.number).padStart(5, "0")}.json`);
      await writeFileDurably(path, JSON.stringify(part));
      const former = upload.parts.get(part.number);
      upload.parts.set(part.number, part);
      if (former) await this.#blobs.remove([former.segment]);
    });
  }

  async abort(uploadId: string, key: string): Promise<void> {
    await this.#locks.run(uploadId, async () => {
      const { parts } = this.#find(uploadId, key);
      await this.#forget(uploadId);
      await this.#blobs.remove([...parts.values()].map(({ segment }) => segment));
    });
  }

  /** Hands the parts to `finish`, which makes an object of some of them; then the upload and the other parts go. */
  async complete<T extends { readonly used: readonly Segment[] }>(
    uploadId: string,
    key: string,
    finish: (upload: UploadRecord, parts: ReadonlyMap<number, PartRecord>) => Promise<T>,
  ): Promise<T> {
    return this.#locks.run(uploadId, async () => {
      const { record, parts } = this.#find(uploadId, key);
      const result = await finish(record, parts);
      await this.#forget(uploadId);
      const used = new Set(result.used.map(({ blob }) => blob));
      await this.#blobs.remove([...parts.values()].map(({ segment }) => segment).filter(({ blob }) => !used.has(blob)));
      return result;
    });
  }

  #find(uploadId: string, key: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload?.record.key !== key) throw noSuchUpload(uploadId);
    return upload;
  }

  /** One rename ends an upload; its files can then go one by one. */
  async #forget(uploadId: string): Promise<void> {
    this.#uploads.delete(uploadId);
    const removed = join(this.#directory, removedPrefix + uploadId);
    await rename(join(this.#directory, uploadId), removed);
    await syncFolder(this.#directory);
    await rm(removed, { recursive: true, force: true });
  }
}

async function readUpload(directory: string, name: string, present: ReadonlySet<string>): Promise<Upload | undefined> {
  const files = await readJsonFolder(join(directory, name));
  const record = files.find((file) => file.name === recordName)?.content as UploadRecord | undefined;
  if (!record) return undefined;
  const parts = files.filter((file) => file.name !== recordName).map(({ content }) => content as PartRecord);
  const whole = parts.filter(({ segment }) => present.has(segment.blob));
  return { record, parts: new Map(whole.map((part) => [part.number, part])) };
}
