import { WorkspaceId } from "@systemhealer/contract/ids";
import { type Role, roles } from "@systemhealer/contract/role";
import { ForbiddenError } from "@systemhealer/domain/errors";

/** Who calls, as the verified ID token says. */
export interface Caller {
  readonly userId: string;
  readonly email: string;
  readonly workspaceId: string;
  readonly role: Role;
}

/** Claims as API Gateway hands them on: a list arrives as the text `[admin operator]`. */
export type Claims = Readonly<Record<string, unknown>>;

/** @throws ForbiddenError when the user has no workspace or no role */
export function readCaller(claims: Claims): Caller {
  const workspaceId = WorkspaceId.safeParse(claims["custom:workspace"]);
  if (!workspaceId.success) throw new ForbiddenError("no-workspace");
  const role = highestRole(claims["cognito:groups"]);
  if (!role) throw new ForbiddenError("role-too-low", { needed: roles[0], held: "-" });
  return { userId: String(claims.sub), email: String(claims.email ?? ""), workspaceId: workspaceId.data, role };
}

function highestRole(groups: unknown): Role | undefined {
  const names = Array.isArray(groups)
    ? groups
    : String(groups ?? "")
        .replace(/^\[(.*)\]$/s, "$1")
        .split(/\s+/);
  return [...roles].reverse().find((role) => names.includes(role));
}
