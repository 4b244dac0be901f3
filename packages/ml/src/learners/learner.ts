import type { GraphBuilder } from "../onnx/graph-builder.ts";

/** Rows that are ready for a learner: no gap, finite, scaled; or raw, NaN being a gap, for a learner that says so. */
export interface Samples {
  readonly rowCount: number;
  readonly columnCount: number;
  /** `rowCount × columnCount`, row by row. */
  readonly values: Float32Array;
  /** Class index per row. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Weight per row; mean 1. */
  readonly weights: Float32Array;
}

export interface FitProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly validationMacroF1: number;
}

export interface FitOptions {
  readonly seed: number;
  readonly threads: number;
  /** Called after each epoch; awaited, so a slow writer slows the training rather than piling up. */
  readonly onProgress?: (progress: FitProgress) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** What a learner leaves behind. */
export interface FittedLearner {
  readonly bestEpoch: number;
  readonly curve: readonly FitProgress[];
  /**
   * The learner's own forward pass, written without the ONNX graph so that the two can be compared.
   * @returns `rowCount × classCount` probabilities, row by row.
   */
  predict(values: Float32Array, rowCount: number): Float32Array;
  /**
   * Adds the learner to a graph.
   * @param input name of a float tensor `[N, columnCount]`
   * @returns name of a float tensor `[N, classCount]` of probabilities
   */
  addTo(graph: GraphBuilder, input: string): string;
}

export interface Learner<Settings> {
  readonly name: string;
  /** What it takes: rows as preprocessing leaves them (the default), or as they are in the file. */
  readonly input?: "prepared" | "raw";
  fit(training: Samples, validation: Samples, settings: Settings, options: FitOptions): Promise<FittedLearner>;
}

/** Thrown by `fit`; the code is one of the run's failure codes. */
export class FitError extends Error {
  override readonly name = "FitError";
  readonly code: "did-not-converge" | "out-of-memory" | "out-of-time" | "data-unusable";
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(code: FitError["code"], parameters: Readonly<Record<string, string | number>>, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.parameters = parameters;
  }
}
