import type { Table } from "@systemhealer/ml/table/table";
import { expect, test } from "vitest";
import { scoreOthers } from "../../../cli/src/adaptation/score-others.ts";

const target: Table = {
  featureNames: ["cpu"],
  rowCount: 4,
  values: Float32Array.of(1, 2, 3, 4),
  classes: ["new", "calm", "busy"],
  labels: Int32Array.of(1, 2, 0, -1),
};
const adapted = {
  card: { features: [{ name: "cpu", used: true }], classes: ["busy", "calm"] },
  // calm, calm, busy, busy
  probabilities: Float32Array.of(0.1, 0.9, 0.2, 0.8, 0.7, 0.3, 0.6, 0.4),
};

test("rows with a label are scored, classes by their names, but for rows that the adaptation was given", () => {
  const all = scoreOthers({ ...adapted, labelledRows: new Int32Array(0) }, target, "b.csv");
  expect([all.rows, all.evaluation?.rows, all.evaluation?.accuracy]).toEqual([4, 3, 1 / 3]);
  const others = scoreOthers({ ...adapted, labelledRows: Int32Array.of(1, 2) }, target, "b.csv");
  expect([others.rows, others.evaluation?.rows, others.evaluation?.accuracy]).toEqual([2, 1, 1]);
});

test("where every labelled row was given, nothing is left to score, and that is said", () => {
  expect(() => scoreOthers({ ...adapted, labelledRows: Int32Array.of(0, 1, 2) }, target, "b.csv")).toThrow(
    expect.objectContaining({ code: "all-labels-given", parameters: { file: "b.csv" } }),
  );
});
