import { createHash } from "node:crypto";
import { WorkspaceId } from "@systemhealer/contract/ids";
import type { Members } from "@systemhealer/domain/ports/members";
import type { Ports } from "@systemhealer/domain/ports/ports";

export interface Newcomer {
  readonly userPoolId: string;
  readonly userName: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const role = "admin";

/**
 * Gives a user who signed up by himself a workspace of his own, as its administrator. The workspace's id is told by the
 * user's, so that whoever repeats this, at once or after a crash, makes the same workspace again.
 */
export async function placeNewcomer(
  { workspaces, clock, members }: Pick<Ports, "workspaces" | "clock"> & { readonly members: Members },
  { userPoolId, userName, attributes }: Newcomer,
): Promise<{ readonly workspaceId: string; readonly role: typeof role }> {
  const known = WorkspaceId.safeParse(attributes["custom:workspace"]);
  const userId = attributes.sub ?? userName;
  const workspaceId = known.success ? known.data : ownWorkspaceId(userPoolId, userId);
  await workspaces.getOrCreate(workspaceId, userId, clock().toISOString());
  await members.admit({ userPoolId, userName, workspaceId, role });
  return { workspaceId, role };
}

/** Whether a user stands where `placeNewcomer` broke off: without a workspace, or without a role in his own one. */
export function isUnplaced({ userPoolId, userName, attributes }: Newcomer, groups: readonly string[]): boolean {
  if (groups.length > 0) return false;
  const workspaceId = attributes["custom:workspace"];
  return workspaceId === undefined || workspaceId === ownWorkspaceId(userPoolId, attributes.sub ?? userName);
}

/** Fifty bits of a hash in Crockford base 32. */
function ownWorkspaceId(userPoolId: string, userId: string): string {
  const bytes = createHash("sha256").update(`${userPoolId} ${userId}`).digest().subarray(0, 10);
  return `w-${[...bytes].map((byte) => "0123456789abcdefghjkmnpqrstvwxyz"[byte % 32]).join("")}`;
}
