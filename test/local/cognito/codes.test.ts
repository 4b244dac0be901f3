import { describe, expect, it } from "vitest";
import { endCode, type IssuedCodes, issueCode, tryCode } from "../../../local/cognito/codes.ts";

const now = Date.UTC(2026, 0, 1);
const at = (time: number) => ({ secret: Buffer.alloc(32, 7), owner: "somebody", now: time });
const hour = 3_600_000;

/** A code of six digits that is not the given one. */
function other(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}

describe("A mailed code", () => {
  it("has six digits and is stored as a hash", () => {
    const { code, codes } = issueCode({}, "reset-password", at(now));
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(codes)).not.toContain(code);
  });

  it("is good once", () => {
    const { code, codes } = issueCode({}, "reset-password", at(now));
    const first = tryCode(codes, "reset-password", code, at(now + 1));
    expect(first.error).toBeUndefined();
    expect(tryCode(first.codes, "reset-password", code, at(now + 2)).error?.type).toBe("ExpiredCodeException");
  });

  it("is good for its owner and purpose only", () => {
    const { code, codes } = issueCode({}, "reset-password", at(now));
    const elsewhere = tryCode(codes, "reset-password", code, { ...at(now), owner: "somebody else" });
    expect(elsewhere.error?.type).toBe("CodeMismatchException");
    expect(tryCode(codes, "confirm-sign-up", code, at(now)).error?.type).toBe("ExpiredCodeException");
  });

  it.each([
    ["reset-password", hour],
    ["confirm-sign-up", 24 * hour],
    ["verify-email", 24 * hour],
  ] as const)("for %s expires", (purpose, lifetime) => {
    const { code, codes } = issueCode({}, purpose, at(now));
    expect(tryCode(codes, purpose, code, at(now + lifetime - 1)).error).toBeUndefined();
    expect(tryCode(codes, purpose, code, at(now + lifetime)).error?.type).toBe("ExpiredCodeException");
  });

  it("dies at the fifth wrong try", () => {
    const issued = issueCode({}, "reset-password", at(now));
    let codes: IssuedCodes = issued.codes;
    for (let attempt = 0; attempt < 5; attempt++) {
      const tried = tryCode(codes, "reset-password", other(issued.code), at(now));
      expect(tried.error?.type).toBe("CodeMismatchException");
      codes = tried.codes;
    }
    expect(tryCode(codes, "reset-password", issued.code, at(now)).error?.type).toBe("LimitExceededException");
  });

  it("is replaced by the next one, of which five may be sent in an hour", () => {
    const first = issueCode({}, "reset-password", at(now));
    let last = first;
    for (let sent = 1; sent < 5; sent++) last = issueCode(last.codes, "reset-password", at(now + sent));
    if (first.code !== last.code) {
      expect(tryCode(last.codes, "reset-password", first.code, at(now + 9)).error?.type).toBe("CodeMismatchException");
    }
    expect(() => issueCode(last.codes, "reset-password", at(now + hour - 1))).toThrow("Attempt limit exceeded");
    expect(issueCode(last.codes, "reset-password", at(now + hour)).code).toMatch(/^\d{6}$/);
  });

  it("can be ended, which forgets nothing of what was sent", () => {
    const { code, codes } = issueCode({}, "reset-password", at(now));
    const ended = endCode(codes, "reset-password");
    expect(tryCode(ended, "reset-password", code, at(now)).error?.type).toBe("ExpiredCodeException");
    expect(ended["reset-password"]?.sentInWindow).toBe(1);
  });
});
