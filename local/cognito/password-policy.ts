import { randomInt } from "node:crypto";
import type { PasswordPolicy } from "./definition.ts";
import { InvalidParameterError, InvalidPasswordError } from "./errors.ts";

const uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const lowercase = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
/** The symbols Cognito counts; a space counts too where it neither leads nor trails. */
const symbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
const longest = 256;

/**
 * @throws InvalidParameterError when the password begins or ends with white space or is longer than 256 characters;
 * InvalidPasswordError when it breaks a rule of the policy.
 */
export function checkPassword(password: string, policy: PasswordPolicy): void {
  if (!/^\S+.*\S+$/su.test(password) || password.length > longest) {
    throw new InvalidParameterError(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must be of at most 256 characters and neither begin nor end with white space",
    );
  }
  if ([...password].length < policy.minimumLength) throw new InvalidPasswordError("Password not long enough");
  if (policy.requireUppercase && !holdsAny(password, uppercase)) {
    throw new InvalidPasswordError("Password must have uppercase characters");
  }
  if (policy.requireLowercase && !holdsAny(password, lowercase)) {
    throw new InvalidPasswordError("Password must have lowercase characters");
  }
  if (policy.requireNumbers && !holdsAny(password, digits)) {
    throw new InvalidPasswordError("Password must have numeric characters");
  }
  if (policy.requireSymbols && !holdsAny(password, `${symbols} `)) {
    throw new InvalidPasswordError("Password must have symbol characters");
  }
}

/** A random password that satisfies any policy of this form, for invitations. */
export function temporaryPassword(policy: PasswordPolicy): string {
  const pools = [uppercase, lowercase, digits, "!@#%*_+-="];
  const everything = pools.join("");
  const length = Math.max(policy.minimumLength, 16);
  const drawn = Array.from({ length }, (_, index) => pick(pools[index] ?? everything));
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] ?? "", drawn[last] ?? ""];
  }
  return drawn.join("");
}

function holdsAny(text: string, characters: string): boolean {
  return [...text].some((character) => characters.includes(character));
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}
