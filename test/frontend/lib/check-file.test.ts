import { expect, test } from "vitest";
import { checkFile } from "../../../frontend/src/lib/check-file.ts";

test.each([
  ["rows.csv", 10, undefined],
  ["ROWS.CSV.GZ", 10, undefined],
  ["rows.tsv", 100, undefined],
  ["rows.csv", 101, "tooLarge"],
  ["rows.csv", 0, "isEmpty"],
  ["rows.pdf", 10, "wrongType"],
  ["csv", 10, "wrongType"],
])("%s of %d bytes, where 100 are allowed: %s", (name, size, refusal) => {
  expect(checkFile({ name, size }, 100)).toBe(refusal);
});
