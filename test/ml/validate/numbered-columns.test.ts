import { expect, test } from "vitest";
import { findNumberedColumns } from "../../../packages/ml/src/validate/numbered-columns.ts";

const columns = (prefix: string, numbers: readonly number[]) => numbers.map((number) => `${prefix}${number}`);
const upTo = (last: number) => Array.from({ length: last + 1 }, (_, i) => i);

test("a sequence is found among other columns, with the places of its numbers", () => {
  const [sequence, ...others] = findNumberedColumns(["id", ...columns("feature", upTo(9)), "label"]);
  expect(others).toEqual([]);
  expect([sequence.first, sequence.last, sequence.positions.get(3)]).toEqual([0, 9, 4]);
  expect(sequence.name(12)).toBe("feature12");
});

test("padded numbers keep their width", () => {
  const [sequence] = findNumberedColumns(upTo(11).map((number) => `kpi_${String(number).padStart(3, "0")}`));
  expect(sequence.name(7)).toBe("kpi_007");
});

test.each([
  ["numbers that begin further up", columns("interrupts_", [343, 344, 345, 346, 347, 348, 349, 350, 352])],
  ["few columns", columns("cpu", [0, 1, 2, 3, 4, 5, 7])],
  ["columns that somebody chose", columns("feature", [0, 1, 5, 9, 12, 13, 17, 20])],
])("%s are no sequence", (_, names) => expect(findNumberedColumns(names)).toEqual([]));
