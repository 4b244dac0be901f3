import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { copiedFiles, entries, packageParts } from "./entries.ts";
import { FileTree } from "./file-tree.ts";
import { isCurrent, stampOf } from "./input-stamp.ts";

export class BundleError extends Error {
  override readonly name = "BundleError";
}

/** CommonJS dependencies call `require` for Node's own modules, which an ES module does not have. */
const requireBanner =
  'import { createRequire as createBundleRequire } from "node:module"; const require = createBundleRequire(import.meta.url);';

/** What the bundles were made of. */
const stampFile = "build/inputs.json";

/** Files that say how to bundle; a change of a package shows in the lock file. */
const recipe = ["package-lock.json", "cdk/bundle/bundle.ts", "cdk/bundle/entries.ts"];

/** What else is built into the same folder: the portal, and the types of the learning package. */
function otherOutputs(names: readonly string[]): string[] {
  return names.filter((name) => name === "types" || name === "portal" || name.startsWith("portal."));
}

export interface BundleResult {
  /** Paths that were written or removed, relative to the repository; empty where everything was up to date. */
  readonly changed: readonly string[];
}

/**
 * Fills `build/` with what is deployed: one ES module for each function and for the trainer, the trainer's image
 * folder, and the Lambda layer of onnxruntime. A file is only written where its bytes differ; nothing is
 * done at all where no input has changed since the last time.
 *
 * @param repository absolute path of the folder that holds `functions/` and `containers/`
 * @throws BundleError naming every entry file that does not exist, or what esbuild found
 */
export async function bundle(repository: string): Promise<BundleResult> {
  const missing = [...entries, ...copiedFiles]
    .map(({ source }) => source)
    .filter((s) => !existsSync(join(repository, s)));
  if (missing.length > 0) throw new BundleError(`These entry files do not exist:\n  ${missing.join("\n  ")}`);

  const stampPath = join(repository, stampFile);
  const outputs = [...entries, ...copiedFiles, ...packageParts].map(({ output }) => join(repository, output));
  if (outputs.every((path) => existsSync(path)) && (await isCurrent(repository, stampPath))) return { changed: [] };

  const tree = new FileTree(repository, "build");
  const began = Date.now();
  const { files, inputs } = await compile(repository);
  for (const { path, contents } of files) await tree.write(path, contents);
  for (const { source, output } of copiedFiles) await tree.copy(join(repository, source), join(repository, output));
  for (const { packageName, part, output } of packageParts) {
    await tree.copy(join(packageFolder(packageName), part), join(repository, output));
  }
  const stamp = await stampOf(repository, [...inputs, ...copiedFiles.map(({ source }) => source), ...recipe], began);
  await tree.write(stampPath, Buffer.from(stamp));
  await tree.removeOthers(otherOutputs(await readdir(join(repository, "build"))));
  return { changed: tree.changed };
}

async function compile(repository: string) {
  try {
    const result = await build({
      absWorkingDir: repository,
      entryPoints: entries.map(({ source, output }) => ({ in: source, out: output.replace(/\.mjs$/, "") })),
      outdir: ".",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      target: "node22",
      format: "esm",
      mainFields: ["module", "main"],
      external: ["onnxruntime-node"],
      banner: { js: requireBanner },
      sourcemap: true,
      sourcesContent: false,
      logLevel: "silent",
    });
    return {
      files: result.outputFiles.map(({ path, contents }) => ({ path: resolve(repository, path), contents })),
      // Not those that stand for no file, such as a module that is left out.
      inputs: Object.keys(result.metafile.inputs).filter((path) => existsSync(resolve(repository, path))),
    };
  } catch (error) {
    throw new BundleError(`The bundles could not be built: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function packageFolder(name: string): string {
  const main = createRequire(import.meta.url).resolve(name);
  const end = main.lastIndexOf(join("node_modules", name));
  if (end < 0) throw new BundleError(`The package ${name} is not where npm puts it: ${dirname(main)}`);
  return join(main.slice(0, end), "node_modules", name);
}
