import { pluralForm } from "@systemhealer/contract/messages/plural";
import { expect, test } from "vitest";

test("only a plain 1 is one", () => {
  for (const one of [1, "1"]) expect(pluralForm(one, "row|rows")).toBe("row");
  for (const other of [0, 2, "11", "1,001", "1.0", "–", "?", ""]) expect(pluralForm(other, "row|rows")).toBe("rows");
});
