import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts a worker thread whose entry is a source file: as it is where this code runs from source; where it is bundled,
 * the bundle of that file (`name.mjs` for `name.ts`), which lies beside the running one.
 * @param entry `new URL("./name.ts", import.meta.url)`
 */
export function startWorker(entry: URL, options: WorkerOptions): Worker {
  const bundled = !import.meta.url.endsWith(".ts");
  return new Worker(bundled ? new URL(entry.href.replace(/\.ts$/, ".mjs")) : entry, options);
}
