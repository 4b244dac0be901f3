export interface NetworkSettings {
  /** Width of each hidden layer. */
  readonly hiddenUnits: readonly number[];
  /** Members of the ensemble; 1: a single network. */
  readonly members: number;
  /** Bins of the piecewise-linear encoding of each column; 0: none. */
  readonly bins: number;
  /** At most; early stopping may end before. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: "cosine" | "constant";
  /** Share of all steps in which the learning rate of the cosine schedule rises. */
  readonly warmUp: number;
  /** Of the weights, not of biases and scales; decoupled from the gradient, as in AdamW. */
  readonly weightDecay: number;
  /** Share of a hidden layer's outputs that is left out in each training step. */
  readonly dropout: number;
  /** Share of each row's probability that is spread over all classes. */
  readonly labelSmoothing: number;
  /** What early stopping watches on the validation rows. */
  readonly stopOn: "loss" | "macro-f1";
  /** Epochs without a better validation figure before the training stops and the best weights return. */
  readonly patience: number;
}

export interface MlpSettings extends NetworkSettings {
  readonly learner: "mlp";
}

/** The network of the product's first public version, a preset of its own. */
export interface OriginMlpSettings extends NetworkSettings {
  readonly learner: "origin-mlp";
}
