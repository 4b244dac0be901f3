import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PasswordPolicy } from "../../../local/cognito/definition.ts";
import { checkPassword, temporaryPassword } from "../../../local/cognito/password-policy.ts";

const strict: PasswordPolicy = {
  minimumLength: 12,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

describe("The password policy", () => {
  it.each([
    ["Short-1aB", "Password not long enough"],
    ["all-lower-case-1", "Password must have uppercase characters"],
    ["ALL-UPPER-CASE-1", "Password must have lowercase characters"],
    ["No-Digits-At-All", "Password must have numeric characters"],
    ["NoSymbolsAtAll1", "Password must have symbol characters"],
    ["ünly-ÄÖÜ-with-1-ä", "Password must have uppercase characters"],
  ])("refuses %s: %s", (password, rule) => {
    expect(() => checkPassword(password, strict)).toThrow(`Password did not conform with policy: ${rule}`);
  });

  it("counts a space within as a symbol, and takes none at the ends", () => {
    expect(() => checkPassword("Correct horse 1", strict)).not.toThrow();
    for (const password of [" Correct horse 1", "Correct horse 1 ", "", `A-1a${"x".repeat(253)}`]) {
      expect(() => checkPassword(password, strict)).toThrow("1 validation error detected");
    }
  });

  it("asks for no more than the template does", () => {
    const relaxed = { ...strict, requireUppercase: false, requireNumbers: false, requireSymbols: false };
    expect(() => checkPassword("lowercaseonly", relaxed)).not.toThrow();
  });

  it("is kept by every temporary password", () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 99 }), (minimumLength) => {
        const policy = { ...strict, minimumLength };
        checkPassword(temporaryPassword(policy), policy);
      }),
    );
  });
});
