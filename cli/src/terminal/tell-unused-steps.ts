import type { TrainingSettings } from "@systemhealer/contract/training-settings";
import { learnerInput } from "@systemhealer/ml/learners/registry";
import type { Output } from "../output.ts";

/** Tells people which steps of the preparation were ordered of a learner that takes numbers and gaps as they are. */
export function tellUnusedSteps(
  output: Output,
  {
    learner: { learner },
    scaler,
    imputer,
    outlierLimit,
  }: Pick<TrainingSettings, "learner" | "scaler" | "imputer" | "outlierLimit">,
): void {
  if (learner === "auto" || learnerInput(learner) === "prepared") return;
  const unused = [
    ...(imputer === "auto" ? [] : ["--imputer"]),
    ...(scaler === "auto" ? [] : ["--scaler"]),
    ...(outlierLimit === 0 ? [] : ["--outlier-limit"]),
  ];
  if (unused.length > 0) output.note("train-unused-steps", { options: unused.join(" "), learner });
}
