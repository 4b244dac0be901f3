import type { Run } from "@systemhealer/contract/run";
import { runPrefix } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";
import { cancelRun as cancelled, wrongStatus } from "../run.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";

/**
 * Order: the run's end, then the execution. A crash between the two leaves workers whose next sign of life tells them
 * that the run has ended. What the run has written so far goes. Cancelling a cancelled run changes nothing.
 * @throws NotFoundError; ConflictError when the run has ended otherwise
 */
export async function cancelRun(
  ports: EndRunPorts & Pick<Ports, "workflows" | "objects" | "clock">,
  workspaceId: string,
  runId: string,
  cancelledBy: string,
): Promise<Run> {
  const at = ports.clock().toISOString();
  const { run } = await endRun(ports, workspaceId, runId, (stored) => cancelled(stored, cancelledBy, at));
  if (run.status !== "cancelled") throw wrongStatus(run, "running");
  await ports.workflows.stopRun(run.kind, runId, "cancelled");
  await ports.objects.deletePrefix(runPrefix(workspaceId, runId));
  return run;
}
