import type { FailureCode } from "@systemhealer/contract/failure";
import type { Run } from "@systemhealer/contract/run";
import { runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { type ActiveRun, awaitsDataset, failRun, isActive } from "../run.ts";
import { startAwaiting } from "./await-dataset.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";
import { tellOfRun } from "./tell-of-run.ts";

/**
 * An execution that runs for longer has no worker that will ever take the run: it hangs, or has no place. A trainer may
 * have to wait for others to leave it one.
 */
const takenWithinMs = {
  training: 6 * 3_600_000,
  clustering: 6 * 3_600_000,
  adaptation: 6 * 3_600_000,
  diagnosis: 3_600_000,
} as const;

/**
 * Fails a run that nobody works on any more, and moves on one whose data set has become ready or never will. The run is
 * read before its execution, so that one which ends between the two reads is not taken for lost: its end is found when
 * the failure is written.
 * @returns the run if this call failed it
 */
export async function sweepRun(
  ports: EndRunPorts & Pick<Ports, "workflows" | "objects" | "alerts" | "clock">,
  listed: Pick<Run, "workspaceId" | "runId">,
  heartbeatSeconds: number,
): Promise<Run | undefined> {
  const { workspaceId, runId } = listed;
  const run = await ports.runs.get(workspaceId, runId);
  if (!isActive(run)) return undefined;
  if (awaitsDataset(run)) {
    const moved = await startAwaiting(ports, run);
    if (moved?.status !== "failed") return undefined;
    await tellOfRun(ports, moved);
    return moved;
  }
  const now = ports.clock();
  const code = await diagnoseRun(ports, run, now.getTime(), heartbeatSeconds * 1000);
  if (!code) return undefined;
  const parameters = code === "worker-silent" ? { seconds: heartbeatSeconds } : {};
  const end = await endRun(ports, workspaceId, runId, (stored) =>
    failRun(stored, { code, parameters }, now.toISOString()),
  );
  await ports.workflows.stopRun(run.kind, runId, code);
  if (!end.won) return undefined;
  await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
  await tellOfRun(ports, end.run);
  return end.run;
}

async function diagnoseRun(
  ports: Pick<Ports, "workflows">,
  run: ActiveRun,
  now: number,
  heartbeatMs: number,
): Promise<FailureCode | undefined> {
  const execution = await ports.workflows.stateOfRun(run.kind, run.runId);
  if (run.status === "queued") {
    const waited = now - Date.parse(run.updatedAt);
    if (execution === "running") return waited > takenWithinMs[run.kind] ? "could-not-start" : undefined;
    return execution === "absent" && waited < heartbeatMs ? undefined : "could-not-start";
  }
  if (execution !== "running") return "worker-lost";
  return now - Date.parse(run.heartbeatAt) > heartbeatMs ? "worker-silent" : undefined;
}
