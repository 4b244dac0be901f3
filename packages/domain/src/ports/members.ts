import type { Role } from "@systemhealer/contract/role";

/** The user directory. */
export interface Members {
  /** Gives a user a workspace and a role. Repeating it changes nothing. */
  admit(member: {
    readonly userPoolId: string;
    readonly userName: string;
    readonly workspaceId: string;
    readonly role: Role;
  }): Promise<void>;
}
