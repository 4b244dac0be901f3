import { expect, test } from "vitest";
import { ColumnsDoNotMatchError, matchColumns } from "../../../packages/ml/src/diagnose/match-columns.ts";
import { keepText, skipColumn } from "../../../packages/ml/src/table/csv-reader.ts";

const card = {
  features: ["a", "b", "c", "d", "class"].map((name) => ({ name, used: name !== "d" })),
  classes: ["0", "1"],
};

test("columns are matched by name, whatever their order", () => {
  const matched = matchColumns(["id", "c", "b", "label", "class", "a", "d"], card);
  expect(matched.uses).toEqual([keepText, 0, 1, keepText, 2, 3, 4]);
  expect([...matched.targets]).toEqual([2, 1, 4, 0, 3]);
  expect([matched.id, matched.label]).toEqual([0, 3]);
  expect(matched.match).toEqual({ missing: [], unknown: [] });
});

test("missing and unknown columns are told; ids, labels and context are neither", () => {
  const { match, uses } = matchColumns(["sample_id", "a", "node", "x", "b", "time", "y"], card);
  expect(match).toEqual({ missing: ["c", "d", "class"], unknown: ["x", "y"] });
  expect(uses).toEqual([keepText, 0, keepText, skipColumn, 1, skipColumn, skipColumn]);
});

test("a feature of the model is never taken for the label", () => {
  expect(matchColumns(["a", "b", "class"], card).label).toBe(-1);
  expect(matchColumns(["a", "b", "kind"], card, { labelColumn: "kind" })).toMatchObject({
    label: 2,
    match: { unknown: [] },
  });
});

test("of two columns of one name the first counts", () => {
  const matched = matchColumns(["a", "b", "a"], card);
  expect(matched.uses).toEqual([0, 1, skipColumn]);
  expect(matched.match.unknown).toEqual(["a"]);
});

test("fewer than half of the columns that the model looks at are too few", () => {
  expect(matchColumns(["a", "b"], card).match.missing).toEqual(["c", "d", "class"]);
  const refused = () => matchColumns(["a", "d", "x"], card);
  expect(refused).toThrow(ColumnsDoNotMatchError);
  try {
    refused();
  } catch (error) {
    expect(error).toMatchObject({ found: 1, expected: 4, missing: ["b", "c", "class"] });
  }
});
