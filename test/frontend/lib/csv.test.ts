import { expect, test } from "vitest";
import { csvOf } from "../../../frontend/src/lib/csv.ts";

test("cells with commas, quotes and line ends come through whole", () => {
  expect(csvOf([["a", 'say "b, c"', "d\ne"]])).toBe('\ufeffa,"say ""b, c""","d\ne"\r\n');
});

test("a spreadsheet takes no cell for a formula, and numbers stay numbers", () => {
  expect(csvOf([["=1+1", "@x", "-1.5", "-cmd"]])).toBe("\ufeff'=1+1,'@x,-1.5,'-cmd\r\n");
  expect(csvOf([["-2+3+cmd|' /C calc'!A0", "-1e-7", "+5", "-.5"]])).toBe(
    "\ufeff'-2+3+cmd|' /C calc'!A0,-1e-7,+5,-.5\r\n",
  );
});
