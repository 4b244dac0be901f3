import { expect, test } from "vitest";
import { detectDelimiter } from "../../../packages/ml/src/table/dialect.ts";

test.each([
  ["a,b,c", ","],
  ["a;b;c", ";"],
  ["a\tb\tc", "\t"],
  ["cpu (user,sys);memory;disk", ";"],
  ['"a;b;c;d",e', ","],
  ["label", ","],
])("the delimiter of %j is %j", (line, delimiter) => {
  expect(detectDelimiter(line)).toBe(delimiter);
});
