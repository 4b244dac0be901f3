/** What a KPI adds to the score of the diagnosed class. */
export interface KpiContribution {
  readonly name: string;
  /** null for a gap. */
  readonly value: number | null;
  readonly contribution: number;
  /** Normal range; only where the model tells. */
  readonly low?: number;
  readonly high?: number;
  /** Where the value lies to the normal range. */
  readonly direction?: "above" | "below" | "within" | "gap";
  /** Standard deviations from the mean of normal rows; only where the model tells. */
  readonly z?: number;
}

/** Why a row was diagnosed as it was. */
export interface Explanation {
  readonly class: string;
  /** The score where nothing is known of the row. */
  readonly baseline: number;
  /** Baseline plus the contributions of all KPIs. */
  readonly score: number;
  /**
   * `tree-shap`: exact, the score is the margin of the trees (of a forest: its votes); `sampled-shapley`: by sampling
   * orders of the KPIs, the score is the logarithm of the probability over the geometric mean of all classes'.
   */
  readonly method: "tree-shap" | "sampled-shapley";
  /** Greatest standard error of a contribution; only where they are sampled more than once. */
  readonly standardError?: number;
  /** The greatest contributions first; as many as were asked for. */
  readonly kpis: readonly KpiContribution[];
}

/** The explanation of a row of a file. */
export interface RowExplanation extends Explanation {
  /** Number of the data row, from 1. */
  readonly row: number;
  readonly id?: string;
}
