import type { FitOptions, Learner, Samples } from "../learner.ts";
import { fitForest } from "./forest/fit-forest.ts";
import type { ForestSettings } from "./forest/forest-settings.ts";
import { silentGaps } from "./gaps/silent-gaps.ts";
import { type FittedTrees, fittedTrees } from "./tree-learner.ts";

type Common = Omit<ForestSettings, "split" | "bootstrap" | "drawnGaps">;

export interface RandomForestSettings extends Common {
  readonly learner: "random-forest";
}

export interface ExtraTreesSettings extends Common {
  readonly learner: "extra-trees";
}

/** Trees on rows drawn with replacement, split at the best of all bin edges; see `fitForest`. */
export const randomForest: Learner<RandomForestSettings> = {
  name: "random-forest",
  input: "raw",
  fit: (training, validation, settings, options) =>
    fit(training, validation, { ...settings, split: "best", bootstrap: true }, options),
};

/** Trees on all rows, split at random thresholds; see `fitForest`. */
export const extraTrees: Learner<ExtraTreesSettings> = {
  name: "extra-trees",
  input: "raw",
  fit: (training, validation, settings, options) =>
    fit(training, validation, { ...settings, split: "random", bootstrap: false }, options),
};

async function fit(
  training: Samples,
  validation: Samples,
  settings: ForestSettings,
  options: FitOptions,
): Promise<FittedTrees> {
  const order = { ...settings, drawnGaps: silentGaps(training) };
  const { ensemble, curve } = await fitForest(training, validation, order, options);
  return fittedTrees({ ensemble, bestEpoch: ensemble.trees.length, curve }, "probabilities");
}
