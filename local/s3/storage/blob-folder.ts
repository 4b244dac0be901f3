import { randomUUID } from "node:crypto";
import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Digest } from "../checksums/checksum.ts";
import { S3Error } from "../s3-error.ts";
import { syncFolder } from "./durable-file.ts";
import type { Segment } from "./object-record.ts";

const readBytes = 256 * 1024;

export interface BlobLease {
  /** Bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): AsyncGenerator<Uint8Array>;
  release(): Promise<void>;
}

/**
 * Files of bytes that are written once. A blob becomes part of an object when the object's record names it; one that
 * no record names is rubbish, and is cleared at the next start.
 */
export class BlobFolder {
  readonly #directory: string;
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes a stream to a new blob and makes it durable. On any fault nothing is left. */
  async write(source: AsyncIterable<Uint8Array>, digests: readonly Digest[], maxBytes: number): Promise<Segment> {
    const blob = randomUUID();
    const path = join(this.#directory, blob);
    let size = 0;
    try {
      const handle = await open(path, "wx");
      try {
        for await (const bytes of source) {
          size += bytes.length;
          if (size > maxBytes) throw tooLarge();
          for (const digest of digests) digest.update(bytes);
          await writeAll(handle, bytes);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      await syncFolder(this.#directory);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { blob, size };
  }

  /** Holds the blobs of an object while it is read, even if the object is replaced or deleted meanwhile. */
  lease(segments: readonly Segment[]): BlobLease {
    for (const { blob } of segments) this.#readers.set(blob, (this.#readers.get(blob) ?? 0) + 1);
    let released = false;
    return {
      read: (start, end) => this.#read(segments, start, end),
      release: async () => {
        if (released) return;
        released = true;
        for (const { blob } of segments) await this.#releaseOne(blob);
      },
    };
  }

  /** Removes blobs, each as soon as nobody reads it. */
  async remove(segments: readonly Segment[]): Promise<void> {
    for (const { blob } of segments) {
      if (this.#readers.has(blob)) this.#doomed.add(blob);
      else await rm(join(this.#directory, blob), { force: true });
    }
  }

  async names(): Promise<Set<string>> {
    return new Set(await readdir(this.#directory));
  }

  /** Removes every blob that is not in `named`. */
  async clear(named: ReadonlySet<string>): Promise<void> {
    for (const blob of await readdir(this.#directory)) {
      if (!named.has(blob)) await rm(join(this.#directory, blob), { force: true });
    }
  }

  async *#read(segments: readonly Segment[], start: number, end: number): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (const { blob, size } of segments) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size);
      offset += size;
      if (from >= to) continue;
      const handle = await open(join(this.#directory, blob), "r");
      try {
        let left = to - from;
        for (let position = from; left > 0; ) {
          const buffer = Buffer.allocUnsafe(Math.min(left, readBytes));
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
          if (bytesRead === 0) throw new S3Error("InternalError", "An object's file is shorter than its record says.");
          position += bytesRead;
          left -= bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await handle.close();
      }
    }
  }

  async #releaseOne(blob: string): Promise<void> {
    const readers = (this.#readers.get(blob) ?? 1) - 1;
    if (readers > 0) {
      this.#readers.set(blob, readers);
      return;
    }
    this.#readers.delete(blob);
    if (this.#doomed.delete(blob)) await rm(join(this.#directory, blob), { force: true });
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset);
    offset += bytesWritten;
  }
}

function tooLarge(): S3Error {
  return new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
}
