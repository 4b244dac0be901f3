import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";

/** An object that is written while its bytes come to be known. */
export interface PlainCopy {
  /** Resolves when more bytes are welcome. */
  push(bytes: Uint8Array): Promise<void>;
  /** @param keep false leaves no object behind */
  finish(keep: boolean): Promise<void>;
}

export function startPlainCopy(objects: ObjectStore, key: string): PlainCopy {
  const stream = new PassThrough();
  const written = objects.write(key, stream, "text/csv; charset=utf-8");
  const failed = written.then(
    () => undefined,
    (error: unknown) => error ?? new Error("the copy was not written"),
  );
  return {
    async push(bytes) {
      if (stream.write(bytes)) return;
      const error = await Promise.race([once(stream, "drain").then(() => undefined), failed]);
      if (error) throw error;
    },
    async finish(keep) {
      if (keep) {
        stream.end();
        await written;
      } else {
        stream.destroy(new Error("the file was rejected"));
        await failed;
      }
    },
  };
}
