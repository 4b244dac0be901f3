import { expect, test } from "vitest";
import { alikeClasses, allIntegers, canonicalLabel, compareClasses } from "../../../packages/ml/src/table/label.ts";

test.each([
  ["1", "1"],
  ["1.0", "1"],
  [" 1 ", "1"],
  ["+1", "1"],
  ["1.000000000000000000e+00", "1"],
  ["-0.0", "0"],
  ["0.50", "0.5"],
  ["10", "10"],
])("the label %j is the number %j", (text, name) => expect(canonicalLabel(text)).toBe(name));

test.each(["007", "1a", "Heavy Workload", "1,5", "12345678901234567890", "v1.0", "normal", "Normal"])(
  "the label %j is kept as it stands",
  (text) => expect(canonicalLabel(text)).toBe(text),
);

test("classes are ordered by number where all are numbers, else by code point", () => {
  const sort = (names: string[]) => [...names].sort(compareClasses(names));
  expect(sort(["10", "9", "-1", "0.5"])).toEqual(["-1", "0.5", "9", "10"]);
  expect(sort(["10", "9", "a"])).toEqual(["10", "9", "a"]);
  expect(sort(["故障", "z", "\u{1f4a5}", "Z"])).toEqual(["Z", "z", "故障", "\u{1f4a5}"]);
});

test("classes that differ in case, width or blanks alone are told", () => {
  expect(alikeClasses(["1", "Disk full", "2", "disk　full", "１", "磁盘", "DISKFULL"])).toEqual([
    ["1", "１"],
    ["Disk full", "disk　full", "DISKFULL"],
  ]);
  expect(alikeClasses(["1", "10", "disk", "disk2"])).toEqual([]);
});

test("only whole numbers may be written as numbers", () => {
  expect(allIntegers(["0", "-1", "25"])).toBe(true);
  for (const name of ["0.5", "a", "007", "1e3", "12345678901234567890"]) expect(allIntegers(["0", name])).toBe(false);
});
