import { candidates } from "@systemhealer/ml/auto/candidates";
import { expect, it } from "vitest";

const selectionOfExtraTrees = (rows: number) =>
  candidates({ rows, columns: 107, classes: 6 }).find(({ learner }) => learner.learner === "extra-trees")?.own;

it("extra trees see all KPIs of very few rows, of which hardly one stands out of chance", () => {
  expect(selectionOfExtraTrees(64)).toEqual({ classWeights: "square-root" });
  expect(selectionOfExtraTrees(400)).toEqual({ classWeights: "square-root", selection: "mutual-information" });
});
