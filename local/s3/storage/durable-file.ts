import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const temporaryExtension = ".tmp";

/** Replaces a file so that after a crash at any moment either the old or the new content is there, whole. */
export async function writeFileDurably(path: string, data: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}${temporaryExtension}`;
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Renames over a file that may exist. On Windows another reader can hold it for a moment. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== "win32" || attempt === 6 || !isHeldByAnother(error)) throw error;
      await sleep(10 * 2 ** attempt);
    }
  }
}

/** Makes the names in a folder durable. Windows has no such call and does not need it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isHeldByAnother(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EPERM", "EACCES", "EBUSY"].includes(String(error.code));
}
