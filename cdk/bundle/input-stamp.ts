import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Stamp = z.object({
  /** Size and time of change, by path relative to the base. */
  files: z.record(z.string(), z.tuple([z.number(), z.number()])),
});

/**
 * Notes the files that a bundle was made of, so that the next run can tell that none has changed since.
 *
 * @param began when the files were first read, in milliseconds: what changed later may not be in the bundle
 */
export async function stampOf(base: string, paths: Iterable<string>, began: number): Promise<string> {
  const files: z.infer<typeof Stamp>["files"] = {};
  for (const path of [...new Set(paths)].sort()) {
    const { size, mtimeMs } = await stat(join(base, path));
    files[path] = [size, mtimeMs < began ? mtimeMs : -1];
  }
  return `${JSON.stringify({ files } satisfies z.infer<typeof Stamp>)}\n`;
}

/** Whether every file of the stamp is as it was. No stamp, or one that cannot be read, says no. */
export async function isCurrent(base: string, stampPath: string): Promise<boolean> {
  try {
    const { files } = Stamp.parse(JSON.parse(await readFile(stampPath, "utf8")));
    for (const [path, [size, mtimeMs]] of Object.entries(files)) {
      const now = await stat(join(base, path));
      if (now.size !== size || now.mtimeMs !== mtimeMs) return false;
    }
    return true;
  } catch {
    return false;
  }
}
