import { expect, test } from "vitest";
import { Output } from "../../../cli/src/output.ts";
import { searchDetail } from "../../../cli/src/terminal/search-detail.ts";

const standings = [
  { learner: "linear", folds: 2, macroF1: 0.71 },
  { learner: "gbdt", folds: 1, macroF1: 0.9 },
  { learner: "mlp", folds: 0, macroF1: 0 },
];

test("a comparison tells what it is at and who leads, in both languages", () => {
  const en = new Output({ json: false, language: "en" });
  const zh = new Output({ json: false, language: "zh" });
  expect(searchDetail(en, { learner: "linear", fold: 3, folds: 5 }, standings)).toBe(
    "linear, fold 3 of 5; gbdt leads with 0.9000",
  );
  expect(searchDetail(zh, { learner: "linear", fold: 3, folds: 5 }, standings)).toContain("目前领先：gbdt 0.9000");
  expect(searchDetail(en, { learner: "linear", fold: 1, folds: 5 }, [])).toBe("linear, fold 1 of 5");
});
