import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const maxBytes = 4 * 1024 * 1024;

/** A log that keeps at most its newest 4 to 8 MiB: a full file becomes `<path>.1`, in place of the one before. */
export class LogFile {
  readonly path: string;
  #bytes: number;
  #droppedWrites = 0;

  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Text that cannot be written (no space, folder gone) is dropped: a log must not end what it tells about. */
  write(text: string | Uint8Array): void {
    try {
      if (this.#bytes > maxBytes) {
        renameSync(this.path, `${this.path}.1`);
        this.#bytes = 0;
      }
      appendFileSync(this.path, text);
      this.#bytes += text.length;
    } catch {
      this.#droppedWrites++;
    }
  }

  /** Writes that were dropped so far. */
  get droppedWrites(): number {
    return this.#droppedWrites;
  }
}
