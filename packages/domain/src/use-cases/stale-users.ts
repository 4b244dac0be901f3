import { NotFoundError } from "../errors.ts";
import { madeAt } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { isEnded } from "../run.ts";

/** A user is named before its record is written; after this time the record will not come any more. */
const writtenWithinMs = 15 * 60_000;

/**
 * Whether a name in `usedBy` was left behind by a crash: its run has ended, or its run or model was never written.
 * @param user a run's or a model's id
 */
export async function isStaleUser(
  ports: Pick<Ports, "runs" | "models" | "clock">,
  workspaceId: string,
  user: string,
): Promise<boolean> {
  try {
    if (user.startsWith("run-")) return isEnded(await ports.runs.get(workspaceId, user));
    await ports.models.get(workspaceId, user);
    return false;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return ports.clock().getTime() - madeAt(user) > writtenWithinMs;
  }
}
