import type { Estimate } from "./expected-accuracy.ts";

/**
 * `unchanged`: the file is no other environment, the model was left as it is; `few-states`: it was, too, since the file
 * holds hardly more than one state and so does not tell what its environment is like; `reliable`, `usable`, `doubtful`: by
 * what accuracy can be expected.
 */
export type AdaptationVerdict = LeftVerdict | "reliable" | "usable" | "doubtful";
/** Those of an adaptation that leaves the model as it is. */
export type LeftVerdict = "unchanged" | "few-states";

/** How sure an adaptation is of itself, by evidence that needs no label of the target. */
export interface AdaptationStatement {
  readonly schema: "adaptation.v1";
  readonly verdict: AdaptationVerdict;
  readonly rows: number;
  /** Rows that the adaptation was fitted to: all, or a random sample of very many. */
  readonly fittedRows: number;
  readonly labelledRows: number;
  /** Labelled rows without a class that the model knows. */
  readonly ignoredLabelledRows: number;
  readonly sourceRows: number;
  /** Accuracy on the target; null where nothing was adapted. */
  readonly expectedAccuracy: Estimate | null;
  /** Macro-F1 of the diagnoses, learned back, on the source. */
  readonly reverseScore: number | null;
  readonly agreement: number | null;
  readonly unstableShare: number | null;
  /** How alike KPIs go together in both environments, −1 to 1; near 0, the target may hold one state only. */
  readonly structureLikeness: number | null;
  /** Share of rows that the written model, not having seen them, diagnoses as the whole inference does. */
  readonly studentAgreement: number | null;
  /** What the written model learned from. */
  readonly learnedFrom: string | null;
  /** The mix of classes that the target is held to have. */
  readonly prior: "uniform" | "training" | "none" | null;
  /** Whether KPIs of the two environments were brought to the same terms. */
  readonly aligned: boolean;
  /** KPIs that carried signal. */
  readonly kpis: number;
  readonly views: readonly { readonly name: string; readonly learner: string; readonly reverseScore: number }[];
  /** Diagnosed rows per class. */
  readonly classes: readonly { readonly name: string; readonly rows: number }[];
}

const reliable = { value: 0.85, low: 0.75 };
const usable = { value: 0.7, low: 0.5 };
const mostUnstable = 0.5;
const leastLikeness = 0.3;

export function verdictOf(expected: Estimate, unstableShare: number, likeness: number): AdaptationVerdict {
  if (unstableShare > mostUnstable || likeness < leastLikeness) return "doubtful";
  if (expected.value >= reliable.value && expected.low >= reliable.low) return "reliable";
  return expected.value >= usable.value && expected.low >= usable.low ? "usable" : "doubtful";
}
