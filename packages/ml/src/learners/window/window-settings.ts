/** What the networks for windows have in common. */
export interface WindowTrainingSettings {
  /** Rows of the same node that an answer is told from, the row itself and those before it. */
  readonly window: number;
  /** At most; early stopping may end before. */
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Share of the last layer's inputs that is left out in each training step. */
  readonly dropout: number;
  /** Epochs without a better validation loss before the training stops and the best weights return. */
  readonly patience: number;
}

export interface CnnSettings extends WindowTrainingSettings {
  readonly learner: "cnn";
  /** Outputs of each convolution. */
  readonly channels: readonly number[];
  /** Rows that a convolution takes together. */
  readonly kernel: number;
}

export interface GruSettings extends WindowTrainingSettings {
  readonly learner: "gru";
  /** Width of the state. */
  readonly units: number;
}

/** Rows that an answer is told from: 1 for a learner that looks at one row. */
export function windowOf(learner: object): number {
  return "window" in learner && typeof learner.window === "number" ? learner.window : 1;
}
