import { FitError, type FitOptions, type Learner, type Samples } from "../learner.ts";
import type { BoostingSettings } from "./boosting/boosting-settings.ts";
import { fitBoostedTrees } from "./boosting/fit-boosted-trees.ts";
import { silentGaps } from "./gaps/silent-gaps.ts";
import { type FittedTrees, fittedTrees } from "./tree-learner.ts";

export interface GbdtSettings extends Omit<BoostingSettings, "drawnGaps"> {
  readonly learner: "gbdt";
}

/** A leaf may hold one row of so many in any case, lest few rows are not parted at all. */
const rowsPerLeafRow = 10;

/** Gradient-boosted trees; see `fitBoostedTrees`. Leaves ask for a tenth of the rows at most. */
export const gbdt: Learner<GbdtSettings> = { name: "gbdt", input: "raw", fit };

async function fit(
  training: Samples,
  validation: Samples,
  settings: GbdtSettings,
  options: FitOptions,
): Promise<FittedTrees> {
  const minLeafRows = Math.min(settings.minLeafRows, Math.max(1, Math.floor(training.rowCount / rowsPerLeafRow)));
  const order = { ...settings, minLeafRows, drawnGaps: silentGaps(training) };
  const { ensemble, bestRound, curve } = await fitBoostedTrees(training, validation, order, options);
  const failed = curve.find(({ trainLoss }) => !Number.isFinite(trainLoss));
  if (failed) throw new FitError("did-not-converge", { learner: "gbdt", epoch: failed.epoch });
  return fittedTrees({ ensemble, bestEpoch: bestRound, curve }, "margins");
}
