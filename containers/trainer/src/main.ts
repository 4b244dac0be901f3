import { availableParallelism } from "node:os";
import type { RunKind } from "@systemhealer/contract/run";
import { parseEnvironment, trainerEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { adaptRun } from "./adapt-run.ts";
import { clusterRun } from "./cluster-run.ts";
import { UnwantedRunError } from "./replace-run.ts";
import { trainRun } from "./train-run.ts";

/** Exit codes: a fault of the training; nobody wants it any more; told to stop. */
const exitCodes = { failed: 1, unwanted: 2, stopped: 143 } as const;

const env = parseEnvironment(trainerEnvironment, process.env);
const logger = createLogger("trainer");
logger.appendKeys({ workspaceId: env.WORKSPACE_ID, runId: env.RUN_ID });

class StoppedError extends Error {
  override readonly name = "StoppedError";
}

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => stop.abort(new StoppedError(`stopped by ${signal}`)));
}

function workOf(kind: RunKind) {
  if (kind === "clustering") return clusterRun;
  return kind === "adaptation" ? adaptRun : trainRun;
}

async function main(): Promise<number> {
  const ports = { ...recordStores(env.TABLE_NAME), objects: s3ObjectStore(env.BUCKET_NAME) };
  try {
    const { kind } = await ports.runs.get(env.WORKSPACE_ID, env.RUN_ID);
    await workOf(kind)(ports, env.WORKSPACE_ID, env.RUN_ID, {
      heartbeatSeconds: env.HEARTBEAT_SECONDS,
      threads: availableParallelism(),
      signal: stop.signal,
      onBeatError: (error) => logger.warn("a beat was lost", { error: error as Error }),
    });
    logger.info("done", { kind });
    return 0;
  } catch (error) {
    if (error instanceof UnwantedRunError) {
      logger.warn("not wanted any more", { reason: error.message });
      return exitCodes.unwanted;
    }
    logger.error("the run failed", { error: error as Error });
    return error instanceof StoppedError ? exitCodes.stopped : exitCodes.failed;
  }
}

process.exit(await main());
