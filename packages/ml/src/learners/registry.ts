import type { FitOptions, FittedLearner, Learner, Samples } from "./learner.ts";
import { type LinearSettings, linear } from "./linear/linear.ts";
import { type MajoritySettings, majority } from "./majority/majority.ts";
import { mlp, originMlp } from "./mlp/mlp.ts";
import type { MlpSettings, OriginMlpSettings } from "./mlp/mlp-settings.ts";
import { type ExtraTreesSettings, extraTrees, type RandomForestSettings, randomForest } from "./trees/forests.ts";
import { type GbdtSettings, gbdt } from "./trees/gbdt.ts";
import { cnn } from "./window/cnn.ts";
import { gru } from "./window/gru.ts";
import type { CnnSettings, GruSettings } from "./window/window-settings.ts";

/** A learner joins by its line here and its line in `learners`. */
interface SettingsByLearner {
  readonly mlp: MlpSettings;
  readonly "origin-mlp": OriginMlpSettings;
  readonly gbdt: GbdtSettings;
  readonly "random-forest": RandomForestSettings;
  readonly "extra-trees": ExtraTreesSettings;
  readonly linear: LinearSettings;
  readonly cnn: CnnSettings;
  readonly gru: GruSettings;
  readonly majority: MajoritySettings;
}

export type LearnerName = keyof SettingsByLearner;
export type LearnerSettings = SettingsByLearner[LearnerName];

const learners: { readonly [Name in LearnerName]: Learner<SettingsByLearner[Name]> } = {
  mlp,
  "origin-mlp": originMlp,
  gbdt,
  "random-forest": randomForest,
  "extra-trees": extraTrees,
  linear,
  cnn,
  gru,
  majority,
};

export const learnerNames = Object.keys(learners) as LearnerName[];

/** Whether a learner takes rows as preprocessing leaves them, or as they are in the file. */
export function learnerInput(learner: LearnerName): "prepared" | "raw" {
  return learners[learner].input ?? "prepared";
}

/** Fits the learner that the settings name. */
export function fitLearner<Name extends LearnerName>(
  training: Samples,
  validation: Samples,
  settings: SettingsByLearner[Name] & { readonly learner: Name },
  options: FitOptions,
): Promise<FittedLearner> {
  return learners[settings.learner].fit(training, validation, settings, options);
}
