import type { FitOptions, FittedLearner, Learner, Samples } from "./learner.ts";
import { mlp } from "./mlp/mlp.ts";
import type { MlpSettings } from "./mlp/mlp-settings.ts";

/** A learner joins by its line here and its line in `learners`. */
interface SettingsByLearner {
  readonly mlp: MlpSettings;
}

export type LearnerName = keyof SettingsByLearner;
export type LearnerSettings = SettingsByLearner[LearnerName];

const learners: { readonly [Name in LearnerName]: Learner<SettingsByLearner[Name]> } = { mlp };

export const learnerNames = Object.keys(learners) as LearnerName[];

/** Fits the learner that the settings name. */
export function fitLearner<Name extends LearnerName>(
  training: Samples,
  validation: Samples,
  settings: SettingsByLearner[Name] & { readonly learner: Name },
  options: FitOptions,
): Promise<FittedLearner> {
  return learners[settings.learner].fit(training, validation, settings, options);
}
