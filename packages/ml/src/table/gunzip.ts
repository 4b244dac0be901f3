import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { TableError } from "./table-error.ts";

export interface PlainBytes {
  readonly compression: "none" | "gzip";
  /** Uncompressed; can be read once. */
  readonly chunks: AsyncGenerator<Uint8Array>;
}

const outputChunkBytes = 256 * 1024;

/**
 * Uncompressed bytes of a file that may be gzip, which its first two bytes tell (RFC 1952).
 * @throws TableError `not-gzip` while reading `chunks`, where the compressed stream is damaged or cut off
 */
export async function plainBytes(source: AsyncIterable<Uint8Array>): Promise<PlainBytes> {
  const iterator = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  const first = Buffer.concat(head, Math.min(length, 2));
  const rejoined = rejoin(head, iterator);
  if (first[0] === 0x1f && first[1] === 0x8b) return { compression: "gzip", chunks: gunzip(rejoined) };
  return { compression: "none", chunks: rejoined };
}

async function* rejoin(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (;;) {
      const next = await rest.next();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sourceError: unknown;
  const input = Readable.from(source, { objectMode: false });
  const output = createGunzip({ chunkSize: outputChunkBytes });
  input.once("error", (error) => {
    sourceError = error;
    output.destroy(error);
  });
  input.pipe(output);
  try {
    yield* output as AsyncIterable<Uint8Array>;
    // What follows the compressed stream is not looked at, but whoever counts the bytes has to see all of them.
    while (!(await source.next()).done);
  } catch (error) {
    if (error === sourceError) throw error;
    const found = error instanceof Error ? error.message : String(error);
    throw new TableError({ code: "not-gzip", found }, { cause: error });
  } finally {
    output.destroy();
    input.destroy();
  }
}
