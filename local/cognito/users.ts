import type { IssuedCodes } from "./codes.ts";
import type { Lockout } from "./lockout.ts";
import type { Verifier } from "./srp.ts";

export type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "RESET_REQUIRED" | "FORCE_CHANGE_PASSWORD";

/** One user as stored. Times in milliseconds since the epoch. */
export type User = {
  /** The user's `sub`, a UUID; with e-mail as user name attribute it is the user name too. */
  readonly username: string;
  /** Order of creation; pages of a list go by it. */
  readonly sequence: number;
  /** All but `sub`; `email_verified` is "true" or "false". */
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly password: Verifier;
  /** Only where the password is a temporary one. */
  readonly passwordExpiresAt: number | null;
  readonly groups: readonly string[];
  readonly lockout: Lockout;
  readonly codes: IssuedCodes;
  /** An address that becomes `email` once it is verified. */
  readonly pendingEmail: string | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

/** One sign-in: what the refresh token and every token drawn from it belong to. */
export type Session = {
  /** The `origin_jti` of its tokens. */
  readonly id: string;
  readonly username: string;
  readonly clientId: string;
  readonly authTime: number;
  readonly refreshExpiresAt: number;
  /** When the last access token that can come of it has expired. */
  readonly endsAt: number;
  readonly revoked: boolean;
  /** SHA-256 of the refresh token, hex. */
  readonly tokenHash: string;
  /** Refresh tokens that rotation replaced, with the end of their grace. */
  readonly formerTokens: readonly { readonly hash: string; readonly validUntil: number }[];
};

/** Attributes as the API, the tokens and the triggers name them, `sub` first. */
export function allAttributes(user: User): Record<string, string> {
  return { sub: user.username, ...user.attributes };
}

export function emailVerified(user: User): boolean {
  return user.attributes.email_verified === "true";
}

/** How two spellings of one address are compared. */
export function normalEmail(email: string): string {
  return email.normalize("NFC").toLowerCase();
}
