import { madeAt, runIdOfModel } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { isEnded } from "../run.ts";
import { ifThere } from "./if-there.ts";

/** A user is named before its record is written; after this time the record will not come any more. */
const writtenWithinMs = 15 * 60_000;

/**
 * Whether a name in `usedBy` was left behind by a crash: its run has ended, or its run or model was never written. A
 * model is named while its training is still being registered, however long that training took.
 * @param user a run's or a model's id
 */
export async function isStaleUser(
  ports: Pick<Ports, "runs" | "models" | "clock">,
  workspaceId: string,
  user: string,
): Promise<boolean> {
  if (!user.startsWith("run-")) {
    if (await ifThere(ports.models.get(workspaceId, user))) return false;
    return isStaleUser(ports, workspaceId, runIdOfModel(user));
  }
  const run = await ifThere(ports.runs.get(workspaceId, user));
  return run ? isEnded(run) : ports.clock().getTime() - madeAt(user) > writtenWithinMs;
}
