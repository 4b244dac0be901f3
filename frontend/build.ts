import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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

/**
 * Builds the portal into `build/portal`, unless what lies there was made of the same sources. The new folder takes the
 * old one's place only when it is whole.
 */
async function buildPortal(repository: string): Promise<void> {
  const folder = join(repository, "build", "portal");
  const stamp = join(repository, "build", "portal.hash");
  const hash = hashOf(repository);
  if (existsSync(join(folder, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.log("Building the portal …");
  const fresh = `${folder}.${process.pid}`;
  const { build } = await import("vite");
  try {
    await build({
      configFile: join(repository, "frontend", "vite.config.ts"),
      logLevel: "error",
      build: { outDir: fresh },
    });
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    writeFileSync(stamp, hash);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
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

await buildPortal(resolve(import.meta.dirname, ".."));
