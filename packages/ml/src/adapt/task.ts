import type { FitPool } from "./fit/fit-pool.ts";

/** Labelled rows of the environment that a model was trained in. */
export interface SourceRows {
  readonly rowCount: number;
  /** Raw KPIs, column by column; NaN for a gap. */
  readonly columns: readonly Float32Array[];
  readonly labels: Int32Array;
  /** Every class that occurs weighs the same; mean 1. */
  readonly weights: Float32Array;
  readonly classCount: number;
  /** Shares of the classes in the whole training file; sum 1. */
  readonly classShares: Float64Array;
}

/** Rows of the new environment. */
export interface TargetRows {
  readonly rowCount: number;
  readonly columns: readonly Float32Array[];
  readonly labelled?: LabelledTarget;
}

/** The few rows of the target whose class is known. */
export interface LabelledTarget {
  /** Their numbers in the target. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
}

export interface InferenceOptions {
  readonly seed: number;
  readonly pool: FitPool;
  readonly signal?: AbortSignal | undefined;
  /** Of the whole inference, 0 to 1; awaited. */
  readonly onProgress?: ((fraction: number) => void | Promise<void>) | undefined;
}

/** The same columns of both files, as a learner sees them. */
export interface View {
  readonly name: string;
  readonly source: readonly Float32Array[];
  readonly target: readonly Float32Array[];
}
