import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** All that the cloud assembly is made of; the portal's pages are part of it. */
const sources = ["cdk", "containers", "functions", "packages", "frontend", "cdk.json", "package-lock.json"];
const leftOut = new Set(["node_modules", "dist", "build", "cdk.out", "coverage"]);

/** SHA-256 over names and contents of the sources, in hex. */
export function sourceHash(repository: string): string {
  const hash = createHash("sha256");
  for (const source of sources) addTo(hash, repository, source);
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, repository: string, path: string): void {
  const absolute = join(repository, path);
  let names: string[];
  try {
    names = readdirSync(absolute);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") hash.update(`${path}\0`).update(readFileSync(absolute)).update("\0");
    else if (code !== "ENOENT") throw error;
    return;
  }
  for (const name of names.sort()) if (!leftOut.has(name)) addTo(hash, repository, `${path}/${name}`);
}
