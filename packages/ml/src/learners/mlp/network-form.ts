/** Gradients of one layer's blocks, each flat, `[1, size]`, in their order, and what goes on to the layer below. */
export interface LayerGradients {
  readonly blocks: readonly string[];
  /** Undefined for the first layer, whose input is the data. */
  readonly input?: string;
}

/** How a network's values lie in the training graph, and the products that follow from it. */
export interface NetworkForm {
  /** What the first layer takes. */
  readonly input: string;
  /** Scores of a layer before its activation; those of the last are `[N, classes]`, in an ensemble `[members, N, classes]`. */
  addScores(layer: number, input: string): string;
  /**
   * The way back through a layer, after `addScores` of it.
   * @param upstream gradient of the scores, in their shape
   * @param factor a number that the gradient of the input is multiplied by; onnxruntime does so while it computes the product
   */
  addGradients(layer: number, upstream: string, factor: string): LayerGradients;
}
