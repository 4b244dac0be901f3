import { expect, test } from "vitest";
import { apart, groupedLines, groupMiddles } from "../../../frontend/src/charts/heat-lines.ts";

const lines = Array.from({ length: 10 }, (_, index) => ({ label: String(index), values: [index, null] }));

test("few lines stay as they are", () => {
  expect(groupedLines(lines, 10)).toBe(lines);
});

test("many lines are taken together to means, and every line is in one of them", () => {
  const grouped = groupedLines(lines, 4);
  expect(grouped.map(({ label }) => label)).toEqual(["0 … 1", "2 … 4", "5 … 6", "7 … 9"]);
  expect(grouped.map(({ values }) => values[0])).toEqual([0.5, 3, 5.5, 8]);
});

test("a mean of gaps only is a gap", () => {
  expect(groupedLines(lines, 2)[0]!.values[1]).toBeNull();
});

test("lines of different groups are never taken together, and each group has its middle", () => {
  const named = lines.map((line, index) => ({ ...line, group: index < 7 ? "cpu" : "disk" }));
  const grouped = groupedLines(named, 3);
  expect(grouped.map(({ label, group }) => [label, group])).toEqual([
    ["0 … 2", "cpu"],
    ["3 … 6", "cpu"],
    ["7 … 9", "disk"],
  ]);
  expect(groupMiddles(named)).toEqual([3, 8]);
});

test("of names that would lie on each other the first is kept", () => {
  expect(apart([0, 1, 2, 7, 8, 20], 3)).toEqual([0, 7, 20]);
  expect(apart([], 3)).toEqual([]);
});
