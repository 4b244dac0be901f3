/** Loaded before the program of a container task: ends it when the process that started it is gone. */
import { isMainThread, Worker } from "node:worker_threads";

// What is loaded before a program is loaded before each of its threads, too.
if (isMainThread) {
  process.on("SIGINT", () => undefined);
  // A thread of its own notices also while the program computes.
  new Worker(new URL("./parent-watch.ts", import.meta.url), { workerData: { parent: process.ppid } }).unref();
}
