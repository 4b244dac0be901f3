/** Loaded before the program of a container task: ends it when the process that started it is gone. */
import { Worker } from "node:worker_threads";

process.on("SIGINT", () => undefined);

// A thread of its own notices also while the program computes.
new Worker(new URL("./parent-watch.ts", import.meta.url), { workerData: { parent: process.ppid } }).unref();
