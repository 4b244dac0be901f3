import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileDurably } from "./durable-file.ts";
import { compareKeys } from "./key-order.ts";
import { nullVersion, type ObjectRecord } from "./object-record.ts";
import { readJsonFolder } from "./read-json-folder.ts";

/** What a key held before, or the mark that it was deleted. */
export type FormerVersion = {
  readonly key: string;
  readonly versionId: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** Grows with each version of the key. */
  readonly sequencer: string;
} & (
  | { readonly kind: "object"; readonly record: ObjectRecord; readonly supersededAt: number }
  | { readonly kind: "delete-marker" }
);

/** The versions of a versioned bucket's objects beside the current ones, one file each. */
export class VersionStore {
  readonly #directory: string;
  /** By key, the newest first. */
  readonly #versions = new Map<string, FormerVersion[]>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * A crash between the writing of a version and what it makes room for leaves a version that is still the current one,
   * or a mark on an object that is still there; both go.
   */
  static async open(directory: string, current: (key: string) => ObjectRecord | undefined): Promise<VersionStore> {
    await mkdir(directory, { recursive: true });
    const store = new VersionStore(directory);
    for (const { name, content } of await readJsonFolder(directory)) {
      const version = content as FormerVersion;
      const now = current(version.key);
      if (now && now.sequencer <= version.sequencer) await rm(join(directory, name), { force: true });
      else store.#add(version);
    }
    return store;
  }

  /** The newest first. */
  of(key: string): readonly FormerVersion[] {
    return this.#versions.get(key) ?? [];
  }

  find(key: string, versionId: string): FormerVersion | undefined {
    return this.of(key).find((version) => version.versionId === versionId);
  }

  /** In the order of keys. */
  keys(): string[] {
    return [...this.#versions.keys()].sort(compareKeys);
  }

  *all(): Generator<FormerVersion> {
    for (const versions of this.#versions.values()) yield* versions;
  }

  /** Keeps what is about to be replaced or deleted. */
  async keep(record: ObjectRecord, supersededAt: number): Promise<void> {
    const { key, lastModified, sequencer, versionId = nullVersion } = record;
    await this.#write({ kind: "object", key, versionId, lastModified, sequencer, record, supersededAt });
  }

  async mark(key: string, sequencer: string, lastModified: number): Promise<FormerVersion> {
    const marker = { kind: "delete-marker", key, versionId: sequencer, lastModified, sequencer } as const;
    await this.#write(marker);
    return marker;
  }

  async remove({ key, versionId }: FormerVersion): Promise<void> {
    await rm(this.#pathOf(key, versionId), { force: true });
    const left = this.of(key).filter((version) => version.versionId !== versionId);
    if (left.length > 0) this.#versions.set(key, left);
    else this.#versions.delete(key);
  }

  async #write(version: FormerVersion): Promise<void> {
    await writeFileDurably(this.#pathOf(version.key, version.versionId), JSON.stringify(version));
    this.#add(version);
  }

  #add(version: FormerVersion): void {
    const others = this.of(version.key).filter(({ versionId }) => versionId !== version.versionId);
    const newestFirst = [...others, version].sort((a, b) => (a.sequencer < b.sequencer ? 1 : -1));
    this.#versions.set(version.key, newestFirst);
  }

  #pathOf(key: string, versionId: string): string {
    return join(this.#directory, `${createHash("sha256").update(key).digest("hex")}-${versionId}.json`);
  }
}
