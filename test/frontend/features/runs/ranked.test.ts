import { expect, test } from "vitest";
import { ranked } from "../../../../frontend/src/features/runs/ranked.ts";

test("the best so far comes first, then those that are out, then those that were not tried", () => {
  const order = ranked([
    { learner: "majority", folds: 1, macroF1: 0.2, status: "scored" },
    { learner: "linear", folds: 1, macroF1: 0.7, status: "scored" },
    { learner: "gbdt", folds: 1, macroF1: 0.9, status: "fitting" },
    { learner: "mlp", folds: 1, macroF1: 0.95, status: "stopped-early", reason: "clearly-worse" },
    { learner: "random-forest", folds: 0, macroF1: 0, status: "waiting" },
    { learner: "extra-trees", folds: 0, macroF1: 0, status: "failed", reason: "out-of-memory" },
  ]);
  expect(order.map(({ learner }) => learner)).toEqual([
    ...["gbdt", "linear", "majority", "mlp", "extra-trees", "random-forest"],
  ]);
  expect(order.map(({ place }) => place)).toEqual([2, 1, 0, 3, 5, 4]);
});

test("of a learner that is tried with several settings each is told apart", () => {
  const order = ranked([
    { learner: "gbdt", folds: 1, macroF1: 0.7, status: "scored" },
    { learner: "linear", folds: 1, macroF1: 0.6, status: "scored" },
    { learner: "gbdt", folds: 1, macroF1: 0.9, status: "scored" },
  ]);
  expect(order.map(({ learner, copy }) => [learner, copy])).toEqual([
    ...[
      ["gbdt", 2],
      ["gbdt", 1],
      ["linear", undefined],
    ],
  ]);
});
