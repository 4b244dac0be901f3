import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";

/**
 * Writes on the diagnosis that found faults what its verification came to. Repeating it changes nothing, and an older
 * check does not take the place of a newer one.
 */
export async function noteRecovery({ runs }: Pick<Ports, "runs">, check: Run): Promise<void> {
  if (check.kind !== "diagnosis" || check.status !== "succeeded" || check.verifies === undefined) return;
  const { workspaceId, verifies, runId, endedAt: at, result } = check;
  if (result.recovery) await runs.noteRecovery(workspaceId, verifies, { verdict: result.recovery, runId, at });
}
