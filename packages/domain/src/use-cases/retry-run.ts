import type { Limits } from "@systemhealer/contract/limits";
import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError } from "../errors.ts";
import { newRunId } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { isActive, type RetryOrder, retryOf } from "../run.ts";
import { expectRoomForRun } from "./check-quotas.ts";
import { startAdaptation } from "./start-adaptation.ts";
import { startClustering } from "./start-clustering.ts";
import { startDiagnosis } from "./start-diagnosis.ts";
import { startTraining } from "./start-training.ts";

type RetryPorts = Pick<Ports, "datasets" | "models" | "runs" | "workspaces" | "workflows" | "clock">;

const maxTries = 8;

/**
 * Orders a failed or cancelled run again. While such a retry is queued or running, whoever orders one is given that.
 *
 * Order: the ended run names its retry, then the retry is started. A crash between the two leaves a name without a run,
 * which the next order takes up.
 * @throws NotFoundError; ConflictError when the run still runs or has succeeded, or there is no room for another
 */
export async function retryRun(
  ports: RetryPorts,
  { workspaceId, runId, createdBy }: { workspaceId: string; runId: string; createdBy: string },
  limits: Limits,
): Promise<Run> {
  for (let attempt = 1; attempt <= maxTries; attempt++) {
    const run = await ports.runs.get(workspaceId, runId);
    const former = run.retriedAs;
    if (former !== undefined) {
      let retry = await find(ports, workspaceId, former);
      if (!retry) {
        if ((await ports.workflows.stateOfRun(run.kind, former)) === "absent") {
          await expectRoomForRun(ports, workspaceId, limits);
          return start(ports, retryOf(run, { runId: former, createdBy }));
        }
        // Its execution may have begun between the two looks; one that was deleted has had its own, and its name is used up.
        retry = await find(ports, workspaceId, former);
      }
      if (retry && isActive(retry)) return retry;
    }
    const next = newRunId();
    const order = retryOf(run, { runId: next, createdBy });
    await expectRoomForRun(ports, workspaceId, limits);
    if (await ports.runs.claimRetry(workspaceId, runId, { former, next })) return start(ports, order);
  }
  throw new ConflictError("changed-meanwhile", { record: runId });
}

async function find({ runs }: Pick<Ports, "runs">, workspaceId: string, runId: string): Promise<Run | undefined> {
  try {
    return await runs.get(workspaceId, runId);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function start(ports: RetryPorts, order: RetryOrder): Promise<Run> {
  switch (order.kind) {
    case "training":
      return startTraining(ports, order);
    case "diagnosis":
      return startDiagnosis(ports, order);
    case "clustering":
      return startClustering(ports, order);
    case "adaptation":
      return startAdaptation(ports, order);
  }
}
