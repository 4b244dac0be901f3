import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";

/** An object that is written while its bytes come to be known. */
export interface ObjectWriter {
  /** Resolves when more bytes are welcome. */
  push(bytes: Uint8Array): Promise<void>;
  /** Makes the object visible. */
  finish(): ReturnType<ObjectStore["write"]>;
  /** Leaves no object behind. */
  abandon(): Promise<void>;
}

export function openObjectWriter(objects: ObjectStore, key: string, contentType: string): ObjectWriter {
  const stream = new PassThrough();
  const written = objects.write(key, stream, contentType);
  const failed = written.then(
    () => undefined,
    (error: unknown) => error ?? new Error(`${key} was not written`),
  );
  return {
    async push(bytes) {
      if (stream.write(bytes)) return;
      const error = await Promise.race([once(stream, "drain").then(() => undefined), failed]);
      if (error) throw error;
    },
    finish() {
      stream.end();
      return written;
    },
    async abandon() {
      stream.destroy(new Error(`${key} is given up`));
      await failed;
    },
  };
}
