import { expect, test } from "vitest";
import { reportRows } from "../../../../frontend/src/features/datasets/report-rows.ts";

const finding = { code: "not-a-number", row: 17, column: "cpu", found: "x", expected: "a number" } as const;

test("a finding becomes a row of the table, with its sentence in the reader's language", () => {
  const [english] = reportRows([finding], "en");
  expect(english).toMatchObject({ row: "17", column: "cpu", found: "x" });
  expect(english!.sentence).toContain("Row 17, column cpu");
  expect(reportRows([finding], "zh")[0]!.sentence).toContain("第 17 行");
});

test("what a finding does not say is left empty", () => {
  expect(reportRows([{ code: "no-rows" }], "en")[0]).toMatchObject({ row: "", column: "", found: "", expected: "" });
});

test("what was expected is said in the reader's language where it is a word, and never where it is a column's name", () => {
  const words = { number: "数字" };
  expect(reportRows([{ ...finding, expected: "number" }], "zh", words)[0]!.expected).toBe("数字");
  const column = { code: "missing-column", row: 0, expected: "number" } as const;
  expect(reportRows([column], "zh", words)[0]!.expected).toBe("number");
});
