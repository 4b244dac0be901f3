import { parentPort } from "node:worker_threads";
import { type FitJob, runFitJob } from "./fit-job.ts";

// Thread of an adaptation; `fit-pool.ts` starts it and sends it one job at a time.

parentPort!.on("message", async (job: FitJob) => {
  parentPort!.postMessage(await runFitJob(job));
});
