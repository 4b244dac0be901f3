/** What a training counts: passes of a network over the rows, rounds of boosting, trees of a forest, steps of a solver. */
export type CurveUnit = "epoch" | "round" | "tree" | "iteration";

const units: Readonly<Record<string, CurveUnit>> = {
  gbdt: "round",
  "random-forest": "tree",
  "extra-trees": "tree",
  linear: "iteration",
};

/** @param learner as an attempt names it: its kind first, perhaps its size after it */
export function curveUnit(learner: string | undefined): CurveUnit {
  return units[learner?.split(" ")[0] ?? ""] ?? "epoch";
}
