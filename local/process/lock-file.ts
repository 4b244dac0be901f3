import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Another local stack uses the data folder. */
export class DataFolderInUseError extends Error {
  constructor(path: string, pid: number) {
    super(
      `Another local stack (process ${pid}) uses this data folder. Stop it, or choose another folder with --data. If process ${pid} is something else, delete ${path}.`,
    );
    this.name = "DataFolderInUseError";
  }
}

/**
 * Takes a data folder for this process.
 *
 * @returns a function that gives it back. @throws DataFolderInUseError
 */
export function lockDataFolder(dataDirectory: string): () => void {
  return takeLock(join(dataDirectory, "lock"));
}

/**
 * Takes a lock for this process; the lock of a process that is gone is taken over.
 *
 * @returns a function that gives the lock back.
 * @throws DataFolderInUseError
 */
function takeLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(path);
    if (holder !== undefined && isAlive(holder)) throw new DataFolderInUseError(path, holder);
    rmSync(path, { force: true });
  }
  throw new Error(`${path} cannot be taken`);
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
