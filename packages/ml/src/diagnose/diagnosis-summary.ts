import type { AnomalySummary } from "../anomaly/anomaly-tally.ts";
import type { HealthSummary } from "../anomaly/node-health.ts";
import type { ShiftReport } from "../honesty/shift-report.ts";
import type { ClassCount } from "../validate/profile.ts";
import type { ColumnMatch } from "./match-columns.ts";
import type { SamplePoint } from "./point-sample.ts";

/** What a diagnosis found, in numbers. */
export interface DiagnosisSummary {
  readonly schema: "summary.v1";
  readonly rows: number;
  /** Diagnosed rows per class of the model. */
  readonly classes: readonly ClassCount[];
  /** Rows whose novelty is above the model's limit; only where it has one. */
  readonly unknownRows?: number;
  /** The same by the most probable class. */
  readonly unknownByClass?: readonly ClassCount[];
  /** Rows in `sample.json`; only where a sample was drawn. */
  readonly samplePoints?: number;
  /** Rows that were explained, fewer than all where time was short; only where rows were to be explained. */
  readonly explainedRows?: number;
  /** 0 where there is no row. */
  readonly meanConfidence: number;
  /** Rows by confidence: ten bins of equal width from 0 to 1. */
  readonly confidenceHistogram: readonly number[];
  readonly columns: ColumnMatch;
  /** How the file differs from what the model was trained on; only where the model tells. */
  readonly shift?: ShiftReport;
  /** Rows that stray from means and deviations; only where the model tells them. */
  readonly anomalies?: AnomalySummary;
  /** Whether the KPIs are within their normal ranges, node by node; only where the model tells. */
  readonly health?: HealthSummary;
  /** Only where the table had labels; of the rows that have one. */
  readonly evaluation?: {
    readonly rows: number;
    readonly accuracy: number;
    readonly macroF1: number;
    /** Expected calibration error of the confidence, 15 bins. */
    readonly ece: number;
    /** `confusion[actual][predicted]`, in the order of `classes`. */
    readonly confusion: readonly (readonly number[])[];
    /** Those of the model, then labels that the model does not know. */
    readonly classes: readonly string[];
  };
}

/** Rows of a diagnosis drawn at random, for charts. */
export interface DiagnosisSample {
  readonly schema: "diagnosis-sample.v1";
  /** All rows of the file. */
  readonly rows: number;
  readonly classes: readonly string[];
  /** The KPIs that tell most, first; the points' values are of them. */
  readonly kpis: readonly string[];
  /** In the order of the rows. */
  readonly points: readonly SamplePoint[];
}
