import type { Member } from "@systemhealer/contract/member";
import type { Role } from "@systemhealer/contract/role";
import { ConflictError, ForbiddenError, NotFoundError, VersionConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

type MemberPorts = Pick<Ports, "members" | "accounts" | "clock">;

/**
 * Order: an account that nobody can use, its role, the record, the mail that makes it usable. A crash leaves an account
 * without use; inviting again goes on where it broke off, and sends the mail anew to who never came.
 * @throws ConflictError `account-exists`
 */
export async function inviteMember(
  ports: MemberPorts,
  workspaceId: string,
  invitation: { readonly email: string; readonly role: Role; readonly invitedBy: string },
): Promise<Member> {
  const { role, invitedBy } = invitation;
  const email = invitation.email.toLowerCase();
  const userId = await ports.accounts.prepare({ email, workspaceId });
  await ports.accounts.setRole(userId, role);
  const at = ports.clock().toISOString();
  const known = await ports.members.find(workspaceId, userId);
  const member: Member = {
    ...{ schema: "member.v1", workspaceId, userId, email, role, status: "invited" },
    version: (known?.version ?? 0) + 1,
    createdAt: known?.createdAt ?? at,
    createdBy: known?.createdBy ?? invitedBy,
    updatedAt: at,
  };
  await (known ? ports.members.replace(member) : ports.members.create(member));
  await ports.accounts.sendInvitation(email);
  return member;
}

/**
 * Order: the account, then the record; repeating it mends what a crash left.
 * @throws NotFoundError; ConflictError `not-yourself`; VersionConflictError
 */
export async function changeRole(
  ports: MemberPorts,
  workspaceId: string,
  order: { readonly userId: string; readonly role: Role; readonly version: number; readonly by: string },
): Promise<Member> {
  const member = await expectMember(ports, workspaceId, order);
  if (member.version !== order.version) throw new VersionConflictError(member.email);
  await ports.accounts.setRole(order.userId, order.role);
  const next = { ...member, role: order.role, version: member.version + 1, updatedAt: ports.clock().toISOString() };
  await ports.members.replace(next);
  return next;
}

/**
 * Order: the account, then the record, which stays for some days as removed, then what the member had chosen.
 * @throws NotFoundError; ConflictError `not-yourself`
 */
export async function removeMember(
  ports: MemberPorts & Pick<Ports, "preferences">,
  workspaceId: string,
  order: { readonly userId: string; readonly by: string },
): Promise<void> {
  const member = await expectMember(ports, workspaceId, order);
  await ports.accounts.remove(order.userId);
  const at = ports.clock().toISOString();
  await ports.members.replace({ ...member, status: "removed", version: member.version + 1, updatedAt: at });
  await ports.preferences.delete({ workspaceId, userId: order.userId });
}

/**
 * Keeps the record of a member in step with the token by which somebody has come.
 * @throws ForbiddenError when the member was removed and only the token lives on
 */
export async function meetMember(
  ports: Pick<Ports, "members" | "clock">,
  who: { readonly workspaceId: string; readonly userId: string; readonly email: string; readonly role: Role },
): Promise<void> {
  const { workspaceId, userId, email, role } = who;
  const at = ports.clock().toISOString();
  const known = await ports.members.find(workspaceId, userId);
  if (known?.status === "removed") throw new ForbiddenError("removed-member");
  if (known?.status === "active") return;
  try {
    if (known) {
      await ports.members.replace({ ...known, status: "active", version: known.version + 1, updatedAt: at });
    } else {
      const dates = { version: 1, createdAt: at, createdBy: userId, updatedAt: at };
      await ports.members.create({ schema: "member.v1", workspaceId, userId, email, role, status: "active", ...dates });
    }
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

async function expectMember(
  { members }: MemberPorts,
  workspaceId: string,
  { userId, by }: { readonly userId: string; readonly by: string },
): Promise<Member> {
  const member = await members.find(workspaceId, userId);
  if (!member || member.status === "removed") throw new NotFoundError("member-not-found", { id: userId });
  if (userId === by) throw new ConflictError("not-yourself");
  return member;
}
