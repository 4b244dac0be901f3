import { expect, test } from "vitest";
import { classCounts } from "../../../../frontend/src/charts/class-counts.ts";
import { verdictOf } from "../../../../frontend/src/features/diagnosis/verdict.ts";

const counts = (rows: Readonly<Record<string, number>>) =>
  Object.entries(rows).map(([name, value]) => ({ name, rows: value }));

test("unknown rows are counted apart from the class they come nearest to", () => {
  const summary = {
    classes: counts({ cpu: 10, disk: 30 }),
    unknownRows: 5,
    unknownByClass: counts({ cpu: 4, disk: 1 }),
  };
  expect(classCounts(summary)).toEqual(counts({ disk: 29, cpu: 6, "": 5 }));
  expect(classCounts({ classes: counts({ cpu: 1 }) })).toEqual(counts({ cpu: 1 }));
});

test.each([
  ["no row", {}, "none", []],
  ["one row", { cpu: 1, disk: 0 }, "single", ["cpu"]],
  ["one class stands out by far", { cpu: 95, disk: 5 }, "nearlyAll", ["cpu"]],
  ["one class has more than half", { disk: 30, cpu: 60, net: 10 }, "most", ["cpu", "disk"]],
  ["no class has half", { disk: 30, cpu: 40, net: 28, lag: 2 }, "several", ["cpu", "disk", "net"]],
  [
    "there are many classes",
    Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((name) => [name, 9])),
    "several",
    ["a", "b", "c"],
  ],
  ["most rows are like nothing learned", { cpu: 10, "": 40 }, "mostlyUnknown", []],
])("the verdict where %s", (_, rows, key, names) => {
  const verdict = verdictOf(counts(rows), 0.9);
  expect(verdict.key).toBe(key);
  expect(verdict.classes.map(({ name }) => name)).toEqual(names);
});

test("a low mean confidence and unknown rows are spoken of", () => {
  expect(verdictOf(counts({ cpu: 9, "": 1 }), 0.5)).toMatchObject({ unknown: 0.1, isUnsure: true });
  expect(verdictOf(counts({ cpu: 9 }), 0.9)).toMatchObject({ unknown: 0, isUnsure: false });
});
