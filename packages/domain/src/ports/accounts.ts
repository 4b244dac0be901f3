import type { Role } from "@systemhealer/contract/role";

/** The accounts of the user pool, for whoever administers a workspace. */
export interface Accounts {
  /**
   * Makes an account in a workspace that nobody can use yet; one of the same workspace that was never used is taken.
   * @returns its user id
   * @throws ConflictError `account-exists`
   */
  prepare(account: { readonly email: string; readonly workspaceId: string }): Promise<string>;
  /** Sends a password for the first sign-in. */
  sendInvitation(email: string): Promise<void>;
  /** Gives the role and takes all others. */
  setRole(userId: string, role: Role): Promise<void>;
  /** One that is gone is no error. */
  remove(userId: string): Promise<void>;
}
