import { Progress } from "@systemhealer/contract/run";
import { expect, test } from "vitest";
import { ProgressRecorder } from "../../../containers/trainer/src/training-progress.ts";

const standings = [
  { learner: "linear", folds: 1, macroF1: 0.7, status: "scored" as const },
  { learner: "gbdt", folds: 1, macroF1: 0.9, status: "fitting" as const },
];
const search = { learner: "gbdt", fold: 2, folds: 5, fraction: 0.4, standings };

test("how the learners stand is told while they are compared, and kept when the comparison is over", () => {
  const recorder = new ProgressRecorder();
  const comparing = recorder.add({ stage: "fitting", fraction: 0.4, search });
  expect(Progress.parse(comparing)).toEqual({
    ...{ stage: "fitting", fraction: 0.4, curve: [], standings },
    search: { learner: "gbdt", fold: 2, folds: 5 },
  });
  const later = recorder.add({ stage: "evaluating", fraction: 0.92 });
  expect(later.search).toBeUndefined();
  expect(later.standings?.map(({ status }) => status)).toEqual(["scored", "scored"]);
});

test("the next rung of the ladder does not show what the former one compared", () => {
  const recorder = new ProgressRecorder();
  recorder.add({ stage: "fitting", fraction: 0.4, search });
  expect(recorder.restart()).toEqual({ stage: "preparing", fraction: 0, curve: [] });
});
