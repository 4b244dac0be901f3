import { randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

/**
 * A folder that is brought to a wanted state: files are written under a temporary name and renamed, those that are
 * right already are left alone, and those that nobody asked for are removed at the end. Two processes may do so at once.
 */
export class FileTree {
  readonly #base: string;
  readonly #root: string;
  readonly #wanted = new Set<string>();
  readonly #changed: string[] = [];

  constructor(base: string, folder: string) {
    this.#base = base;
    this.#root = join(base, folder);
  }

  /** Relative to the base, with `/` between folders. */
  get changed(): readonly string[] {
    return this.#changed;
  }

  async write(path: string, contents: Uint8Array): Promise<void> {
    this.#wanted.add(path);
    if (await holds(path, contents)) return;
    const temporary = `${path}.${randomUUID()}.tmp`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, contents);
    await chmod(temporary, 0o644);
    await rename(temporary, path);
    this.#note(path);
  }

  /** Copies a file, or every file of a folder that a program needs to run. */
  async copy(source: string, path: string): Promise<void> {
    if ((await stat(source)).isDirectory()) {
      for (const name of (await readdir(source)).sort()) {
        if (!/\.(d\.ts|map)$/.test(name)) await this.copy(join(source, name), join(path, name));
      }
    } else {
      await this.write(path, await readFile(source));
    }
  }

  /** @param kept names of folders directly below that others fill */
  async removeOthers(kept: readonly string[] = []): Promise<void> {
    const isKept = (path: string) => kept.includes(relative(this.#root, path).split(sep)[0]!);
    for (const entry of await readdir(this.#root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isDirectory() || this.#wanted.has(path) || isKept(path) || (await isBeingWritten(path))) continue;
      await rm(path, { force: true });
      this.#note(path);
    }
  }

  #note(path: string): void {
    this.#changed.push(relative(this.#base, path).split(sep).join("/"));
  }
}

/** By another process, at this moment. */
async function isBeingWritten(path: string): Promise<boolean> {
  if (!path.endsWith(".tmp")) return false;
  try {
    return Date.now() - (await stat(path)).mtimeMs < 60_000;
  } catch {
    return true;
  }
}

async function holds(path: string, contents: Uint8Array): Promise<boolean> {
  try {
    if ((await stat(path)).size !== contents.byteLength) return false;
    return (await readFile(path)).equals(contents);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
