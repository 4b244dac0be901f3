import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** All that the portal is made of. */
const sources = [
  "frontend/src",
  "frontend/index.html",
  "frontend/vite.config.ts",
  "frontend/build.ts",
  "packages/contract/src",
  "packages/simulator/src",
  "package-lock.json",
];

/** Others may still be reading what was built of former sources. */
const keptMilliseconds = 3_600_000;

/**
 * Builds the portal into a folder of `build/portal` that is named by its sources, unless it is there. A folder appears
 * when it is whole and never changes, so that others may read it, or build another one, meanwhile.
 *
 * @returns the folder
 */
async function buildPortal(repository: string): Promise<string> {
  const parent = join(repository, "build", "portal");
  const name = hashOf(repository).slice(0, 16);
  const folder = join(parent, name);
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}.tmp`;
    const { build } = await import("vite");
    try {
      await build({
        configFile: join(repository, "frontend", "vite.config.ts"),
        logLevel: "error",
        build: { outDir: fresh },
      });
      moveInto(fresh, folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  removeOld(parent, name);
  return folder;
}

/** Where another process was first, its folder is the same. */
function moveInto(fresh: string, folder: string): void {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function removeOld(parent: string, current: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (name !== current && age > keptMilliseconds) rmSync(path, { recursive: true, force: true });
  }
}

function hashOf(repository: string): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const absolute = join(repository, path);
    const entry = readdirOrUndefined(absolute);
    if (!entry) hash.update(`${path}\0`).update(readFileSync(absolute)).update("\0");
    else for (const name of entry.sort()) if (name !== "node_modules") add(`${path}/${name}`);
  };
  for (const source of sources) add(source);
  return hash.digest("hex");
}

/** undefined where it is a file. */
function readdirOrUndefined(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

console.log(await buildPortal(resolve(import.meta.dirname, "..")));
