import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CreationCause, ObjectCreatedEvent } from "../events/object-created-event.ts";
import type { Outbox } from "../events/outbox.ts";
import { BlobFolder } from "./blob-folder.ts";
import { syncFolder, writeFileDurably } from "./durable-file.ts";
import { KeyIndex } from "./key-index.ts";
import { KeyedMutex } from "./keyed-mutex.ts";
import type { ObjectDraft, ObjectRecord } from "./object-record.ts";
import { readJsonFolder } from "./read-json-folder.ts";
import { Sequencer } from "./sequencer.ts";
import { UploadStore } from "./upload-store.ts";
import { type FormerVersion, VersionStore } from "./version-store.ts";
import { checkWriteCondition, type WriteCondition } from "./write-condition.ts";

/** Makes the event of a new object and takes it over once the object is durable; absent where nobody listens. */
export interface CreationEvents {
  readonly outbox: Outbox;
  readonly describe: (record: ObjectRecord, cause: CreationCause) => ObjectCreatedEvent;
}

/**
 * The objects of one bucket. Bytes lie in `blobs/`, and `objects/<SHA-256 of the key>.json` says which blobs make up
 * an object: its atomic replacement is the moment at which an object comes to be. No key ever becomes a file name.
 */
export class BucketStore {
  readonly blobs: BlobFolder;
  readonly uploads: UploadStore;
  readonly versions: VersionStore;
  readonly #versioned: boolean;
  readonly #records: string;
  readonly #index: KeyIndex;
  readonly #events: CreationEvents | undefined;
  readonly #locks = new KeyedMutex();
  readonly #sequencer = new Sequencer();

  private constructor(
    records: string,
    index: KeyIndex,
    blobs: BlobFolder,
    uploads: UploadStore,
    versions: VersionStore,
    versioned: boolean,
    events: CreationEvents | undefined,
  ) {
    this.#records = records;
    this.#index = index;
    this.blobs = blobs;
    this.uploads = uploads;
    this.versions = versions;
    this.#versioned = versioned;
    this.#events = events;
  }

  /**
   * Opens a bucket's folder, made if absent, and clears what a crash left behind.
   * @param versioned whether what is replaced or deleted stays as a former version
   */
  static async open(directory: string, events: CreationEvents | undefined, versioned = false): Promise<BucketStore> {
    const folders = { records: join(directory, "objects"), blobs: join(directory, "blobs") };
    await mkdir(folders.records, { recursive: true });
    await mkdir(folders.blobs, { recursive: true });
    const files = await readJsonFolder(folders.records);
    const index = new KeyIndex(files.map(({ content }) => content as ObjectRecord));
    const blobs = new BlobFolder(folders.blobs);
    const completed = new Set<string>();
    const named = new Set<string>();
    for (const record of index.records()) {
      if (record.uploadId !== undefined) completed.add(record.uploadId);
      for (const { blob } of record.segments) named.add(blob);
    }
    const versions = await VersionStore.open(join(directory, "versions"), (key) => index.get(key));
    for (const version of versions.all()) {
      if (version.kind === "delete-marker") continue;
      const { uploadId, segments } = version.record;
      if (uploadId !== undefined) completed.add(uploadId);
      for (const { blob } of segments) named.add(blob);
    }
    const uploads = await UploadStore.open(join(directory, "uploads"), blobs, completed);
    for (const blob of uploads.blobNames()) named.add(blob);
    await blobs.clear(named);
    return new BucketStore(folders.records, index, blobs, uploads, versions, versioned, events);
  }

  get keys(): KeyIndex {
    return this.#index;
  }

  get(key: string): ObjectRecord | undefined {
    return this.#index.get(key);
  }

  /**
   * Makes or replaces an object, if the condition holds at that very moment. Throws `S3Error` where it does not: only
   * then may the draft's blobs be removed. After a fault of the disk they may be named by a record already; if they are
   * not, the next start clears them, and an event that was prepared for them.
   */
  async put(draft: ObjectDraft, condition: WriteCondition, cause: CreationCause): Promise<ObjectRecord> {
    return this.#locks.run(draft.key, async () => {
      const former = this.#index.get(draft.key);
      checkWriteCondition(condition, draft.key, former);
      const now = Date.now();
      const sequencer = this.#sequencer.next(now);
      const record: ObjectRecord = {
        ...draft,
        lastModified: now,
        sequencer,
        ...(this.#versioned && { versionId: sequencer }),
      };
      const event = this.#events?.describe(record, cause);
      if (event) await this.#events?.outbox.prepare(event);
      if (former && this.#versioned) await this.versions.keep(former, now);
      await writeFileDurably(this.#recordPath(record.key), JSON.stringify(record));
      this.#index.set(record);
      if (event) await this.#events?.outbox.commit(event);
      if (former && !this.#versioned) await this.blobs.remove(former.segments);
      return record;
    });
  }

  /**
   * Removes an object; one that is not there is no error, unless the condition asks for it.
   * @returns the mark that a versioned bucket sets instead
   */
  async delete(key: string, condition: WriteCondition): Promise<FormerVersion | undefined> {
    return this.#locks.run(key, async () => {
      const former = this.#index.get(key);
      checkWriteCondition(condition, key, former);
      const now = Date.now();
      if (former && this.#versioned) await this.versions.keep(former, now);
      const marker = this.#versioned ? await this.versions.mark(key, this.#sequencer.next(now), now) : undefined;
      if (!former) return marker;
      await rm(this.#recordPath(key), { force: true });
      await syncFolder(this.#records);
      this.#index.delete(key);
      if (!this.#versioned) await this.blobs.remove(former.segments);
      return marker;
    });
  }

  /** Removes versions that are not current, for good. */
  async forget(version: FormerVersion): Promise<void> {
    await this.#locks.run(version.key, async () => {
      await this.versions.remove(version);
      if (version.kind === "object") await this.blobs.remove(version.record.segments);
    });
  }

  #recordPath(key: string): string {
    return join(this.#records, `${createHash("sha256").update(key).digest("hex")}.json`);
  }
}
