import { expect, test } from "vitest";
import { numberAsked } from "../../../../frontend/src/features/clusters/number-asked.ts";

test("whole numbers from 1 to 100 may be asked for", () => {
  expect(["1", " 12 ", "100"].map(numberAsked)).toEqual([1, 12, 100]);
});

test.each(["", "0", "101", "-3", "2.5", "1e2", "many"])("“%s” is refused", (line) => {
  expect(numberAsked(line)).toBeUndefined();
});
