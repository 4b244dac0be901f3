/**
 * Loaded before the program of a container task.
 *
 * Packages are taken from the repository first: those in the image are for its own processor. And the program ends
 * when the process that started it is gone, even while it computes.
 */
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const repository = pathToFileURL(join(import.meta.dirname, "..", "..", "package.json")).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const bare = !/^[./]|^node:|^file:|^data:|^#/.test(specifier) && !/^[A-Za-z]:[\\/]/.test(specifier);
    if (!bare) return nextResolve(specifier, context);
    try {
      return nextResolve(specifier, { ...context, parentURL: repository });
    } catch {
      return nextResolve(specifier, context);
    }
  },
});

process.on("SIGINT", () => undefined);

const watcher = new Worker(new URL("./parent-watch.ts", import.meta.url), {
  workerData: { parent: process.ppid },
  stdout: false,
});
watcher.unref();
