import type { PlannedFit } from "../plan-views.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";

export interface ViewAgreement {
  /** Mean share of the views, by their weight, that say the same of a row as the result does. */
  readonly agreement: number;
  /** Share of the rows on which fewer than two thirds of them do. */
  readonly unstableShare: number;
}

const stableShare = 2 / 3;

/** How far the views, each by itself, bear out the result. */
export function viewAgreement(fits: readonly PlannedFit[], posterior: Float64Array, classCount: number): ViewAgreement {
  const diagnoses = mostProbableOf(posterior, classCount);
  const total = fits.reduce((sum, { weight }) => sum + weight, 0);
  const agreed = new Float64Array(diagnoses.length);
  for (const fit of fits) {
    const own = mostProbableOf(fit.posterior, classCount);
    for (let row = 0; row < own.length; row++) if (own[row] === diagnoses[row]) agreed[row] += fit.weight / total;
  }
  return {
    agreement: agreed.reduce((sum, share) => sum + share, 0) / diagnoses.length,
    unstableShare: agreed.filter((share) => share < stableShare).length / diagnoses.length,
  };
}
