import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { expect, test } from "vitest";
import { DiagnosisAccumulator } from "../../../packages/ml/src/diagnose/diagnosis-accumulator.ts";

const classes = ["0", "1", "2"];
const columns = { missing: ["c"], unknown: [] };
type Row = readonly [diagnosis: number, confidence: number, label?: string | undefined];

function accumulate(rows: readonly Row[], firstId = 0): DiagnosisAccumulator {
  const accumulator = new DiagnosisAccumulator(classes, columns, true);
  rows.forEach(([diagnosis, confidence, label], i) => {
    accumulator.addRow(diagnosis, confidence, label, Buffer.from(String(firstId + i)));
  });
  return accumulator;
}

test("rows are summed up", () => {
  const summary = accumulate([
    [0, 0.5],
    [2, 1],
    [2, 0],
    [2, 0.96],
  ]).summary();
  expect(DiagnosisSummary.parse(summary)).toEqual(summary);
  expect(summary).toEqual({
    schema: "summary.v1",
    rows: 4,
    classes: [
      { name: "0", rows: 1 },
      { name: "1", rows: 0 },
      { name: "2", rows: 3 },
    ],
    meanConfidence: 2.46 / 4,
    confidenceHistogram: [1, 0, 0, 0, 0, 1, 0, 0, 0, 2],
    columns,
  });
});

test("labelled rows are scored, and labels that the model does not know stand under their own name", () => {
  const { evaluation } = accumulate([
    [0, 1, "0"],
    [1, 1, "0"],
    [1, 1, "1"],
    [2, 1, "9"],
    [2, 1, "10"],
    [2, 1],
  ]).summary();
  expect(evaluation).toMatchObject({ rows: 5, accuracy: 2 / 5, classes: ["0", "1", "2", "9", "10"] });
  expect(evaluation!.confusion).toEqual([
    [1, 1, 0, 0, 0],
    [0, 1, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
  ]);
  expect(evaluation!.macroF1).toBeCloseTo((2 / 3 + 2 / 3 + 0 + 0 + 0) / 5, 12);
});

test("parts, sent as JSON and merged, give the sums of the whole", () => {
  const rows: Row[] = Array.from({ length: 90 }, (_, i) => [i % 3, (i % 8) / 8, i % 4 ? String(i % 5) : undefined]);
  const whole = accumulate(rows);
  const parts = [0, 30, 60].map((start) => accumulate(rows.slice(start, start + 30), start));
  const [first, ...others] = parts.map((part) => JSON.parse(JSON.stringify(part)));
  const merged = DiagnosisAccumulator.fromJSON(first);
  for (const other of others) merged.merge(other);
  expect(merged.summary()).toEqual(whole.summary());
  expect(merged.idsUnique).toBe(true);
});

test("parts of different models are not merged", () => {
  const other = new DiagnosisAccumulator(["0", "1", "x"], columns, true);
  expect(() => accumulate([]).merge(other.toJSON())).toThrow(RangeError);
});

test("a table without ids has no unique ones", () => {
  expect(new DiagnosisAccumulator(classes, columns, false).idsUnique).toBe(false);
});
