import { type FileHandle, open, readFile, rename } from "node:fs/promises";

/** A line in the middle of the log cannot be read; the last one may be torn by a crash, others may not. */
export class CorruptRecordLogError extends Error {
  constructor(file: string, line: number, options?: ErrorOptions) {
    super(`${file}: line ${line} is not a record`, options);
    this.name = "CorruptRecordLogError";
  }
}

/** `null` deletes. */
export type RecordChange = readonly [key: string, value: unknown];

const schema = "user-pool-log.v1";
const compactAfterLines = 20_000;

/**
 * Named records in one append-only file. A commit is one line: after a crash it is there whole or not at all.
 * Commits that wait for the disk are written together, in the order they were made.
 */
export class RecordLog {
  readonly #file: string;
  readonly #records: Map<string, unknown>;
  #handle: FileHandle;
  #lines: number;
  #waiting: string[] = [];
  #flushing: Promise<void> | undefined;

  private constructor(file: string, handle: FileHandle, records: Map<string, unknown>, lines: number) {
    this.#file = file;
    this.#handle = handle;
    this.#records = records;
    this.#lines = lines;
  }

  /** Opens or makes the file (mode 0600). */
  static async open(file: string): Promise<RecordLog> {
    const records = new Map<string, unknown>();
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    const lines = text.split("\n");
    const torn = lines.pop() !== "";
    lines.forEach((line, index) => {
      for (const [key, value] of parseLine(line, file, index)) {
        if (value === null) records.delete(key);
        else records.set(key, value);
      }
    });
    const fresh = torn || lines.length > 2 * records.size + 1000 || lines.length === 0;
    const handle = fresh ? await writeSnapshot(file, records) : await open(file, "a", 0o600);
    return new RecordLog(file, handle, records, fresh ? records.size : lines.length);
  }

  entries(): IterableIterator<[string, unknown]> {
    return this.#records.entries();
  }

  /** Resolves when the changes are on the disk. Once a write failed, every later commit fails too. */
  commit(changes: readonly RecordChange[]): Promise<void> {
    for (const [key, value] of changes) {
      if (value === null) this.#records.delete(key);
      else this.#records.set(key, value);
    }
    this.#waiting.push(`${JSON.stringify(changes)}\n`);
    const after = this.#flushing ?? Promise.resolve();
    if (this.#waiting.length > 1) return after;
    this.#flushing = after.then(() => this.#flush());
    this.#flushing.catch(() => undefined);
    return this.#flushing;
  }

  async close(): Promise<void> {
    try {
      await this.#flushing;
    } finally {
      await this.#handle.close();
    }
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    await this.#handle.appendFile(batch.join(""));
    await this.#handle.datasync();
    this.#lines += batch.length;
    if (this.#lines < compactAfterLines + 2 * this.#records.size) return;
    const former = this.#handle;
    this.#handle = await writeSnapshot(this.#file, this.#records);
    this.#lines = this.#records.size;
    await former.close();
  }
}

function parseLine(line: string, file: string, index: number): readonly RecordChange[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw new CorruptRecordLogError(file, index + 1, { cause });
  }
  if (index === 0) {
    if (typeof parsed === "object" && parsed !== null && "schema" in parsed && parsed.schema === schema) return [];
    throw new CorruptRecordLogError(file, 1);
  }
  if (!Array.isArray(parsed) || !parsed.every((change) => Array.isArray(change) && typeof change[0] === "string")) {
    throw new CorruptRecordLogError(file, index + 1);
  }
  return parsed as readonly RecordChange[];
}

/** Writes beside the file, then takes its place; returns a handle that appends to it. */
async function writeSnapshot(file: string, records: ReadonlyMap<string, unknown>): Promise<FileHandle> {
  const beside = `${file}.new`;
  const lines = [JSON.stringify({ schema })];
  for (const [key, value] of records) lines.push(JSON.stringify([[key, value]]));
  const writing = await open(beside, "w", 0o600);
  try {
    await writing.writeFile(`${lines.join("\n")}\n`);
    await writing.sync();
  } finally {
    await writing.close();
  }
  await rename(beside, file);
  return open(file, "a", 0o600);
}
