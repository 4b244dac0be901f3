import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Random } from "../../random/random.ts";
import type { TensorFlow } from "./tensor-flow.ts";

/** The size of what goes in and comes out. */
export interface WindowShape {
  /** Rows of a window. */
  readonly steps: number;
  /** Numbers of a row. */
  readonly columns: number;
  readonly classes: number;
}

export interface Parameter {
  readonly dims: readonly [number, number];
  /** Weights begin within ± this; 0 for biases. */
  readonly bound: number;
}

/**
 * A network that tells a class from a window: three times the same function, for TensorFlow.js to learn by, by hand for
 * the check of the written model, and in ONNX.
 */
export interface WindowNetwork {
  readonly parameters: readonly Parameter[];
  /** Numbers that the last layer takes, of which dropout leaves some out. */
  readonly features: number;
  /**
   * @param weights one per parameter
   * @param windows `[N, steps, columns]`, the oldest row first
   * @returns `[N, features]`
   */
  describe(tf: TensorFlow, weights: readonly Tensor2D[], windows: Tensor3D): Tensor2D;
  /**
   * @param values of one window, `steps × columns`
   * @param features receives the same as `describe` gives
   */
  describeWindow(weights: readonly Float32Array[], values: Float32Array, features: Float64Array): void;
  /**
   * @param windows name of a float tensor `[N, steps, columns]`
   * @returns name of a float tensor `[N, features]`
   */
  addTo(graph: GraphBuilder, windows: string, weights: readonly Float32Array[]): string;
}

/** Weights even within the bound of each parameter (K. He et al., 2015, X. Glorot, 2010: the bound is the network's). */
export function initialWeights(parameters: readonly Parameter[], random: Random): Float32Array[] {
  return parameters.map(({ dims: [rows, columns], bound }) =>
    Float32Array.from({ length: rows * columns }, () => (bound === 0 ? 0 : (2 * random.uniform() - 1) * bound)),
  );
}
