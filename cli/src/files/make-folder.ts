import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing, one by one from the nearest that is there. Node's own `recursive`
 * tries for ever where a folder takes none, as those of /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !(await isFolder(folder)); folder = dirname(folder)) {
    missing.push(folder);
    if (isTopmost(folder)) break;
  }
  for (const folder of missing.reverse()) await made(folder);
}

/** A drive, or the root of all folders. */
export function isTopmost(folder: string): boolean {
  return dirname(folder) === folder;
}

/** False too for a file, of which no folder can be made. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Somebody else may be quicker. */
async function made(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (!isCode(error, "EEXIST") || !(await isFolder(folder))) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
