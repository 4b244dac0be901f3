import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../packages/ml/src/auto/candidate.ts";
import { estimateSeconds } from "../../../packages/ml/src/auto/fit-cost.ts";
import { planSearch } from "../../../packages/ml/src/auto/plan.ts";

const contest = { rows: 5_000, columns: 107, classes: 6 };
const names = (candidates: readonly Candidate[]) => candidates.map(({ learner }) => learner.learner);

describe("what is compared in the time", () => {
  it("is everything, on all rows in all folds, where the time suffices", () => {
    const plan = planSearch(contest, 300, 5, 2);
    expect(plan).toMatchObject({ rows: 5_000, folds: 5, leftOut: [] });
    expect(new Set(names(plan.candidates))).toEqual(
      new Set(["majority", "linear", "gbdt", "extra-trees", "mlp", "random-forest"]),
    );
  });

  it("shrinks with the time: fewer folds, fewer rows, never none", () => {
    const plans = [300, 60, 10, 1].map((seconds) => planSearch(contest, seconds, 5, 2));
    for (const [index, plan] of plans.entries()) {
      const before = plans[index - 1] ?? plan;
      expect(plan.folds).toBeLessThanOrEqual(before.folds);
      expect(plan.rows).toBeLessThanOrEqual(before.rows);
      expect(plan.candidates.length + plan.leftOut.length).toBe(plans[0].candidates.length);
      expect(names(plan.candidates).slice(0, 3)).toEqual(["majority", "linear", "gbdt"]);
    }
    expect(plans[3].folds).toBe(3);
    expect(plans[3].rows).toBeLessThan(5_000);
  });

  it.each([
    ["100,000 rows", { rows: 100_000, columns: 107, classes: 6 }],
    ["5,000 columns", { rows: 5_000, columns: 5_000, classes: 6 }],
    ["200 classes", { rows: 20_000, columns: 100, classes: 200 }],
    ["a million rows", { rows: 1_000_000, columns: 107, classes: 6 }],
  ])("stays within the time for %s", (_, shape) => {
    const plan = planSearch(shape, 300, 5, 2);
    const search = plan.candidates.reduce(
      (sum, { learner }) => sum + plan.folds * estimateSeconds(learner, { ...shape, rows: plan.rows }, 2),
      0,
    );
    expect(search).toBeLessThan(300);
    expect(plan.candidates.length).toBeGreaterThanOrEqual(3);
  });

  it("has no say of the clock where there is no limit", () => {
    expect(planSearch(contest, 0, 5, 2)).toMatchObject({ rows: 5_000, folds: 5, leftOut: [] });
  });
});
