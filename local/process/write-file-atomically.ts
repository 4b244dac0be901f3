import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const maxRenames = 6;

/** Writes a whole file or nothing: a reader and a crash see the old content or the new. */
export function writeFileAtomically(path: string, content: string, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  writeFileSync(temporary, content, { mode });
  renameOver(temporary, path);
}

/** On Windows a reader of the file can hold it for a moment. */
function renameOver(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const held = ["EPERM", "EACCES", "EBUSY"].includes(String((error as NodeJS.ErrnoException).code));
      if (process.platform !== "win32" || !held || attempt === maxRenames) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * 2 ** attempt);
    }
  }
}
