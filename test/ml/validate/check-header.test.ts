import { describe, expect, test } from "vitest";
import {
  checkHeader,
  type HeaderRules,
  looksLikeData,
  rolesUnder,
} from "../../../packages/ml/src/validate/check-header.ts";

function check(columns: readonly string[], rules: Partial<HeaderRules> = {}) {
  const complete: HeaderRules = { purpose: "training", ...rules };
  return checkHeader(columns, rolesUnder(columns, complete), complete);
}

const features = Array.from({ length: 20 }, (_, i) => `feature${i}`);
const header = ["sample_id", ...features, "label"];
const without = (...names: string[]) => header.filter((name) => !names.includes(name));
const replaced = (name: string, other: string) => header.map((column) => (column === name ? other : column));

describe("a header without a table to compare it with", () => {
  test("is right as it should be", () => expect(check(header)).toEqual([]));

  test("lacks the numbers that its sequence leaves out", () => {
    expect(check(without("feature3", "feature4", "feature17"))).toEqual([
      { code: "missing-column", row: 0, expected: "feature3" },
      { code: "missing-column", row: 0, expected: "feature4" },
      { code: "missing-column", row: 0, expected: "feature17" },
    ]);
  });

  test("has a renamed column where a name like the missing one stands in its place", () => {
    for (const other of ["featur7", "Feature_7", "feature7x", "feture7"])
      expect(check(replaced("feature7", other))).toEqual([
        { code: "renamed-column", row: 0, column: other, found: other, expected: "feature7" },
      ]);
  });

  test("takes an unlike name for another KPI", () => {
    expect(check(replaced("feature7", "cpu"))).toEqual([{ code: "missing-column", row: 0, expected: "feature7" }]);
  });

  test("may lack columns where it is to be diagnosed", () => {
    expect(check(without("feature3", "label"), { purpose: "diagnosis" })).toEqual([]);
  });

  test("says which column holds the fault class where several could, unless it is told", () => {
    const columns = ["cpu", "fault", "LABEL", "label"];
    expect(check(columns)).toEqual([
      { code: "several-label-columns", row: 0, column: "fault", found: "fault, LABEL, label", expected: "1" },
    ]);
    expect(check(columns, { labelColumn: "LABEL" })).toEqual([]);
    expect(check(columns, { purpose: "diagnosis" })).toEqual([]);
    expect(
      check(["cpu", "target", "label"], { expectedColumns: ["cpu", "target", "label"], labelColumn: "label" }),
    ).toEqual([]);
    expect(check(["cpu", "label", "label"])).toMatchObject([{ code: "duplicate-column" }]);
  });

  test("names duplicated and unnamed columns by their places", () => {
    expect(check(["a", "b", "a", "", "label"])).toEqual([
      { code: "duplicate-column", row: 0, column: "a", found: "1, 3", expected: "1" },
      { code: "empty-column-name", row: 0, found: "4", expected: "name" },
    ]);
  });

  test("needs a label and features", () => {
    expect(check(["a", "b"])).toEqual([{ code: "no-label-column", row: 0, expected: "label" }]);
    expect(check(["a", "label"], { labelColumn: "kind" })).toEqual([
      { code: "no-label-column", row: 0, expected: "kind" },
    ]);
    expect(check(["id", "time", "label"])).toEqual([{ code: "no-feature-columns", row: 0 }]);
  });
});

describe("a header that has to be like another one", () => {
  const like = (columns: readonly string[], purpose: HeaderRules["purpose"] = "training", expectedColumns = header) =>
    check(columns, { purpose, expectedColumns });

  test("may have its columns in another order, and ids and context or not", () => {
    expect(like(["time", "label", ...features.toReversed()])).toEqual([]);
  });

  test("names missing, extra and renamed columns in the order of the header", () => {
    const columns = replaced("feature5", "feature_5").filter((name) => name !== "feature9");
    columns.splice(2, 0, "surplus");
    expect(like(columns)).toEqual([
      { code: "extra-column", row: 0, column: "surplus", found: "surplus" },
      { code: "renamed-column", row: 0, column: "feature_5", found: "feature_5", expected: "feature5" },
      { code: "missing-column", row: 0, expected: "feature9" },
    ]);
  });

  test("knows named columns too", () => {
    const expected = ["cpu usage", "memory", "disk read", "class"];
    expect(like(["CPU_Usage", "memory", "label"], "training", [...expected.slice(0, 3), "label"])).toEqual([
      { code: "renamed-column", row: 0, column: "CPU_Usage", found: "CPU_Usage", expected: "cpu usage" },
      { code: "missing-column", row: 0, expected: "disk read" },
    ]);
  });

  test("needs no label for a diagnosis, and a feature stays one whatever its name", () => {
    expect(like(features, "diagnosis")).toEqual([]);
    expect(like(["class", "a"], "diagnosis", ["class", "a", "label"])).toEqual([]);
  });

  test("is compared quickly however many columns differ", () => {
    const other = Array.from({ length: 5_000 }, (_, i) => `metric of the system ${i}`);
    const expected = Array.from({ length: 5_000 }, (_, i) => `quite another quantity ${i}`);
    expect(like(other, "diagnosis", expected).length).toBe(10_000);
  });
});

describe("a first line", () => {
  test.each([["1,2.5,x"], ["0,95.3,,NA,4"], ["5829,0.8,0.3,Normal"], ["2,1"], ["0"]])("%s is data", (line) =>
    expect(looksLikeData(line.split(","))).toBe(true),
  );

  test.each([["a,b,label"], ["0,1,2,3,label"], ["sample_id,2023,2024"], ["cpu,1,2,label"]])("%s is a header", (line) =>
    expect(looksLikeData(line.split(","))).toBe(false),
  );
});
