import type { Dataset } from "@systemhealer/contract/dataset";
import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError, VersionConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { awaitsDataset, type DiagnosisOrder, failRun, isEnded, queueDiagnosis, stopAwaiting } from "../run.ts";
import { createRunOnce } from "./create-run-once.ts";
import { endRun } from "./end-run.ts";
import { startExecution } from "./launch-run.ts";

type AwaitPorts = Pick<Ports, "datasets" | "models" | "runs" | "workflows" | "clock">;

/** Runs looked at for those that wait for a data set. */
const pageSize = 100;
const maxPages = 50;

/** Whether a data set can still become ready. The sweeper sees to it that this has an end. */
export const isOnItsWay = ({ status }: Dataset): boolean => status === "uploading" || status === "validating";

/**
 * Writes a diagnosis that begins once its data set is ready. The model is held until then, the data set is not: where
 * it goes, or is rejected, the diagnosis fails.
 * @throws NotFoundError when there is no such model
 */
export async function awaitDataset(ports: AwaitPorts, order: DiagnosisOrder): Promise<Run> {
  await ports.models.addUser(order.workspaceId, order.modelId, order.runId);
  const queued = { ...queueDiagnosis(order, ports.clock().toISOString()), awaitsDataset: true };
  const run = await createRunOnce(ports, queued);
  // It may have become ready before the run was there to be found.
  return (await startAwaiting(ports, run)) ?? run;
}

/**
 * Starts a diagnosis whose data set has become ready, and fails one whose data set never will.
 *
 * Order: the data set is held, the run no longer waits, the execution is started; a crash after the second leaves a
 * queued run without execution, which the sweeper fails.
 * @returns the run where this call has started or failed it
 */
export async function startAwaiting(ports: AwaitPorts, run: Run): Promise<Run | undefined> {
  if (!awaitsDataset(run)) return undefined;
  const { workspaceId, datasetId, runId } = run;
  try {
    if (isOnItsWay(await ports.datasets.get(workspaceId, datasetId))) return undefined;
    await ports.datasets.addUser(workspaceId, datasetId, runId);
  } catch (error) {
    // It has changed since it was looked at: whoever looks next knows more.
    if (error instanceof VersionConflictError) return undefined;
    if (error instanceof ConflictError || error instanceof NotFoundError) return failUnready(ports, run);
    throw error;
  }
  const next = stopAwaiting(run, ports.clock().toISOString());
  try {
    await ports.runs.replace(next);
  } catch (error) {
    if (!(error instanceof VersionConflictError)) throw error;
    // Somebody else has started it, or ended it before the data set was held.
    if (isEnded(await ports.runs.get(workspaceId, runId))) {
      await ports.datasets.removeUser(workspaceId, datasetId, runId);
    }
    return undefined;
  }
  await startExecution(ports, next);
  return next;
}

/** Starts or fails every diagnosis that waited for a data set. @returns those that it started or failed */
export async function startAllAwaiting(ports: AwaitPorts, workspaceId: string, datasetId: string): Promise<Run[]> {
  const waiting: Run[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const filter = { status: "queued", kind: "diagnosis" } as const;
    const found = await ports.runs.list(workspaceId, filter, { limit: pageSize, ...(cursor && { cursor }) });
    waiting.push(...found.items.filter((run) => run.datasetId === datasetId && awaitsDataset(run)));
    cursor = found.nextCursor;
    if (cursor === undefined) break;
  }
  const moved: Run[] = [];
  for (const run of waiting) {
    const next = await startAwaiting(ports, run);
    if (next) moved.push(next);
  }
  return moved;
}

/** What a diagnosis of a data set that is not ready fails with. */
export const notReady = { code: "data-unusable", parameters: { reason: "not-ready" } } as const;

async function failUnready(ports: AwaitPorts, { workspaceId, runId }: Run): Promise<Run | undefined> {
  const at = ports.clock().toISOString();
  const { run, won } = await endRun(ports, workspaceId, runId, (stored) => failRun(stored, notReady, at));
  return won ? run : undefined;
}
