import type { FittedLearner } from "../learners/learner.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { createPacer } from "../pacer.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";

/** The way from raw rows to class probabilities. */
export interface FittedPipeline {
  readonly classCount: number;
  /** Per raw column: whether the answer depends on it. */
  readonly used: readonly boolean[];
  /** Rows that one answer is told from, the oldest first; default 1. */
  readonly steps?: number | undefined;
  /**
   * Computed without the ONNX graph, so that the two can be compared; gives way to the event loop.
   * @param rows which rows, in which order
   * @returns `rows.length × classCount` probabilities, row by row
   */
  predict(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array>;
  /**
   * @param features name of a float32 tensor `[N, steps × columns]` of raw values, NaN for a gap
   * @returns name of a float32 tensor `[N, classCount]` of probabilities
   */
  addTo(graph: GraphBuilder, features: string): string;
}

/** Turns probabilities into other ones, row by row: a calibration, a correction of the prior. */
export interface ProbabilityStep {
  /** @returns as many probabilities, row by row */
  apply(probabilities: Float32Array): Float32Array;
  /**
   * @param probabilities name of a float32 tensor `[N, classCount]`
   * @returns name of a float32 tensor `[N, classCount]`
   */
  addTo(graph: GraphBuilder, probabilities: string): string;
}

/** Rows that are predicted between two looks at the clock, at first; then as many as take some milliseconds. */
const firstRows = 4;
const mostRows = 1_024;
const shortMilliseconds = 5;
const longMilliseconds = 20;

/** A preparation and the learner that was fitted to what it gives. */
export function createPipeline(preparation: Preparation, fitted: FittedLearner, classCount: number): FittedPipeline {
  return {
    classCount,
    used: preparation.used,
    steps: preparation.steps,
    async predict(raw, rows, signal) {
      const pacer = createPacer(signal);
      const probabilities = new Float32Array(rows.length * classCount);
      for (let first = 0, count = firstRows; first < rows.length; ) {
        await pacer.giveWay();
        const part = rows.subarray(first, first + count);
        const prepared = await preparation.apply(raw, part, signal);
        const started = performance.now();
        probabilities.set(fitted.predict(prepared, part.length), first * classCount);
        const milliseconds = performance.now() - started;
        first += part.length;
        if (milliseconds < shortMilliseconds) count = Math.min(mostRows, 2 * count);
        else if (milliseconds > longMilliseconds) count = Math.max(1, count >> 1);
      }
      return probabilities;
    },
    addTo: (graph, features) => fitted.addTo(graph, preparation.addTo(graph, features)),
  };
}

/** The pipeline with one more step at its end. */
export function withStep(pipeline: FittedPipeline, step: ProbabilityStep): FittedPipeline {
  return {
    ...pipeline,
    predict: async (raw, rows, signal) => step.apply(await pipeline.predict(raw, rows, signal)),
    addTo: (graph, features) => step.addTo(graph, pipeline.addTo(graph, features)),
  };
}
