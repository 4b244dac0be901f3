import { expect, test } from "vitest";
import { isGoodPassword, passwordRules } from "../../../../frontend/src/features/auth/password-rules.ts";

test.each([
  ["Correct-horse-7", []],
  ["correct-horse-7", ["ruleUpper"]],
  ["CORRECT-HORSE-7", ["ruleLower"]],
  ["Correct-horse-x", ["ruleDigit"]],
  ["Correcthorse77", ["ruleSymbol"]],
  ["Cor-7", ["ruleLength"]],
  ["", ["ruleLength", "ruleLower", "ruleUpper", "ruleDigit", "ruleSymbol"]],
])("“%s” misses %j", (password, missing) => {
  const open = Object.entries(passwordRules).filter(([, isMet]) => !isMet(password));
  expect(open.map(([rule]) => rule)).toEqual(missing);
  expect(isGoodPassword(password)).toBe(missing.length === 0);
});
