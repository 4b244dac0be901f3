export interface MlpSettings {
  readonly learner: "mlp";
  /** Width of each hidden layer. */
  readonly hiddenUnits: readonly number[];
  /** At most; early stopping may end before. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Decoupled from the gradient, as in AdamW. */
  readonly weightDecay: number;
  /** Share of a hidden layer's outputs that is left out in each training step. */
  readonly dropout: number;
  /** Epochs without a better validation macro-F1 before the training stops and the best weights return. */
  readonly patience: number;
}
