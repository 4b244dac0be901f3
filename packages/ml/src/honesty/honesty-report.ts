import type { ConformalCoverage } from "./conformal-coverage.ts";

/** How far a model's word can be taken, measured on its test part. */
export interface HonestyReport {
  readonly calibration: {
    /** By which the learner's logarithms are divided; above 1 it was too sure of itself. */
    readonly temperature: number;
    /** Expected calibration error, 15 bins, of the learner as it was. */
    readonly errorBefore: number;
    /** The same of the model as it is. */
    readonly error: number;
    /** 0 to 2. */
    readonly brierScore: number;
  };
  /** What prediction sets do, by cross-fitting. */
  readonly predictionSets: ConformalCoverage & { readonly coverage: number };
  /** Area under the curve per class left out, in the order of the classes; null where it could not be measured. */
  readonly noveltyByClassOut: readonly (number | null)[];
}
