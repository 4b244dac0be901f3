import { candidates } from "@systemhealer/ml/auto/candidates";
import { expect, it } from "vitest";

const selections = (rows: number) =>
  candidates({ rows, columns: 107, classes: 6 })
    .filter(({ learner }) => learner.learner === "extra-trees" || learner.learner === "random-forest")
    .map(({ own }) => own);

it("trees see all KPIs of very few rows, of which hardly one stands out of chance", () => {
  const few = candidates({ rows: 64, columns: 107, classes: 6 });
  expect(few.filter(({ own }) => own?.selection !== undefined)).toEqual([]);
  expect(selections(64)).toEqual([{ classWeights: "square-root" }, { classWeights: "square-root" }]);
  const own = { classWeights: "square-root", selection: "mutual-information" };
  expect(selections(400)).toEqual([own, own]);
});
