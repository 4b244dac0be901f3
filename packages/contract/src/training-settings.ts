import { z } from "zod";

/**
 * What a training may be told. Everything has a default, so `{}` is a complete order.
 * A learner joins by adding its member to `SingleLearnerSettings`.
 */
export const MlpSettings = z.object({
  learner: z.literal("mlp"),
  ...networkSettings({
    hiddenUnits: [128, 128],
    members: 4,
    bins: 48,
    epochs: 30,
    batchSize: 256,
    learningRate: 2e-3,
    schedule: "cosine",
    weightDecay: 1e-2,
    dropout: 0.1,
    stopOn: "loss",
    patience: 10,
  }),
});
/** The network of the product's first public version; as `scaler`, `auto` is its own, `standard`. */
export const OriginMlpSettings = z.object({
  learner: z.literal("origin-mlp"),
  ...networkSettings({
    hiddenUnits: [200, 200, 200],
    members: 1,
    bins: 0,
    epochs: 100,
    batchSize: 30,
    learningRate: 1e-4,
    schedule: "constant",
    weightDecay: 0,
    dropout: 0,
    stopOn: "macro-f1",
    patience: 100,
  }),
});
/** Multinomial logistic regression. */
export const LinearSettings = z.object({
  learner: z.literal("linear"),
  /** Strength of the penalty on squared weights, per row as in scikit-learn's 1 / C. */
  l2: z.number().min(1e-6).max(1e6).default(1),
  iterations: z.int().min(1).max(5_000).default(200),
});
/** Gradient-boosted trees. */
export const GbdtSettings = z.object({
  learner: z.literal("gbdt"),
  /** Trees per class at most; early stopping may end before. */
  rounds: z.int().min(1).max(5_000).default(600),
  learningRate: z.number().positive().max(1).default(0.05),
  leaves: z.int().min(2).max(256).default(15),
  /** Bins of each column at most, gaps apart. */
  bins: z.int().min(2).max(255).default(255),
  /** Added to the hessian of a leaf, which draws its value towards 0. */
  l2: z.number().min(0).max(1e6).default(0),
  /** Of fewer than ten times as many training rows, a tenth of them is enough. */
  minLeafRows: z.int().min(1).max(1_000_000).default(10),
  minLeafHessian: z.number().min(0).max(1e6).default(1e-3),
  /** Share of the columns that a tree may use. */
  columnShare: z.number().min(0.01).max(1).default(0.3),
  /** Share of the rows that a round learns from. */
  rowShare: z.number().min(0.05).max(1).default(0.8),
  /** Rounds without a better validation loss before the training stops and the best round returns. */
  patience: z.int().min(1).max(5_000).default(60),
});
/** Trees on rows drawn with replacement, each node split at the best threshold. */
export const RandomForestSettings = z.object({ learner: z.literal("random-forest"), ...forestSettings(0.3) });
/** Trees on all rows, each node split at the best of random thresholds. */
export const ExtraTreesSettings = z.object({ learner: z.literal("extra-trees"), ...forestSettings(0.5) });
/** Convolutions over the time of a window: for rows of nodes that come one after the other. */
export const CnnSettings = z.object({
  learner: z.literal("cnn"),
  /** Outputs of each convolution; each reaches twice as far back as the one before. */
  channels: z.array(z.int().min(1).max(512)).min(1).max(6).default([32, 32, 32]),
  /** Rows that a convolution takes together. */
  kernel: z.int().min(2).max(9).default(3),
  ...windowSettings(),
});
/** Gated recurrent units that read a window from its oldest row to its latest. */
export const GruSettings = z.object({
  learner: z.literal("gru"),
  /** Width of the state. */
  units: z.int().min(1).max(1_024).default(48),
  ...windowSettings(),
});
/** Answers every row with the shares of the classes among the training rows. */
export const MajoritySettings = z.object({ learner: z.literal("majority") });
/** Several learners, compared on the same folds and blended. */
export const AutoSettings = z.object({
  learner: z.literal("auto"),
  /** Time that the search and the last fits may take together; 0: no limit, and the clock has no say in the result. */
  budgetSeconds: z.number().min(0).max(86_400).default(300),
  /** Parts of the rows, each of which is predicted by learners that were fitted to the others. */
  folds: z.int().min(2).max(20).default(5),
});
export const SingleLearnerSettings = z.discriminatedUnion("learner", [
  MlpSettings,
  OriginMlpSettings,
  GbdtSettings,
  RandomForestSettings,
  ExtraTreesSettings,
  LinearSettings,
  CnnSettings,
  GruSettings,
  MajoritySettings,
]);
export type SingleLearnerSettings = z.infer<typeof SingleLearnerSettings>;
/** The first is the default. */
export const LearnerSettings = z.discriminatedUnion("learner", [AutoSettings, ...SingleLearnerSettings.options]);
export type LearnerSettings = z.infer<typeof LearnerSettings>;

export const TrainingSettings = z
  .object({
    learner: LearnerSettings.default(() => AutoSettings.parse({ learner: "auto" })),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(0),
    validationShare: z.number().min(0.05).max(0.4).default(0.15),
    testShare: z.number().min(0.05).max(0.4).default(0.15),
    /**
     * `balanced`: every class weighs the same in the loss, however many rows it has; `square-root`: half way; `none`:
     * every row weighs the same. `auto`: with the learner `auto`, what suits each that it compares, as the leaderboard
     * tells; with any other learner as `none`.
     */
    classWeights: z.enum(["auto", "balanced", "square-root", "none"]).default("auto"),
    /** Rare classes get synthetic rows, in the training part only; `borderline-smote`: beside rows of other classes. */
    oversampling: z.enum(["none", "smote", "borderline-smote"]).default("none"),
    /** `uniform`: probabilities as if every class were as frequent as every other in the field. */
    prior: z.enum(["training", "uniform"]).default("training"),
    /** `auto`, here and at the imputer and the selection: what suits the learner. */
    scaler: z
      .enum(["auto", "robust-signed-log", "robust", "standard", "quantile-uniform", "quantile-normal"])
      .default("auto"),
    /** `k-nearest` and `iterative` (linear, at most 256 columns) estimate a gap from the other columns of its row. */
    imputer: z.enum(["auto", "median", "mean", "mode", "k-nearest", "iterative"]).default("auto"),
    /** Tell the learner which cells were gaps. */
    missingIndicators: z.boolean().default(true),
    /** Numbers are held within the quartiles moved outwards by this multiple of their distance; 0: as they are. */
    outlierLimit: z.number().min(0).max(1_000).default(0),
    /** `importance`: by what a column gains in a forest; `stability`: chosen in most parts of the rows. */
    selection: z.enum(["auto", "none", "fisher", "mutual-information", "importance", "stability"]).default("auto"),
    /** How many columns the selection keeps; 0: those that tell more of the class than chance would, at most 256. */
    keepFeatures: z.int().min(0).max(100_000).default(0),
    /** The 2-D map that the model places rows on: two principal components, UMAP or t-SNE. */
    map: z.enum(["umap", "tsne", "pca", "none"]).default("umap"),
    /** Whether the model carries a sample of at most 3,000 training rows, from which it can be adapted elsewhere. */
    keepSample: z.boolean().default(true),
  })
  .meta({ id: "TrainingSettings" });
export type TrainingSettings = z.infer<typeof TrainingSettings>;
export type TrainingSettingsInput = z.input<typeof TrainingSettings>;

interface NetworkDefaults {
  readonly hiddenUnits: number[];
  readonly members: number;
  readonly bins: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: "cosine" | "constant";
  readonly weightDecay: number;
  readonly dropout: number;
  readonly stopOn: "loss" | "macro-f1";
  readonly patience: number;
}

function windowSettings() {
  return {
    /** Rows of the same node that an answer is told from: the row itself and those before it in time. */
    window: z.int().min(2).max(64).default(8),
    /** At most; early stopping may end before. */
    epochs: z.int().min(1).max(5_000).default(40),
    batchSize: z.int().min(1).max(65_536).default(64),
    learningRate: z.number().positive().max(1).default(2e-3),
    /** Share of the last layer's inputs that is left out in each training step. */
    dropout: z.number().min(0).max(0.9).default(0.1),
    /** Epochs without a better validation loss before the training stops and the best weights return. */
    patience: z.int().min(1).max(5_000).default(8),
  };
}

function forestSettings(columnShare: number) {
  return {
    trees: z.int().min(1).max(5_000).default(300),
    /** Share of the columns that a node looks at. */
    columnShare: z.number().min(0.01).max(1).default(columnShare),
    minLeafRows: z.int().min(1).max(1_000_000).default(1),
    maxDepth: z.int().min(1).max(1_000).default(1_000),
  };
}

function networkSettings(defaults: NetworkDefaults) {
  return {
    /** Width of each hidden layer. */
    hiddenUnits: z.array(z.int().min(1).max(2048)).min(1).max(8).default(defaults.hiddenUnits),
    /** Members of the ensemble, which share most of their weights; 1: a single network. */
    members: z.int().min(1).max(32).default(defaults.members),
    /** Bins of the piecewise-linear encoding of each column; 0: none. */
    bins: z.int().min(0).max(128).default(defaults.bins),
    /** At most; early stopping may end before. */
    epochs: z.int().min(1).max(5_000).default(defaults.epochs),
    batchSize: z.int().min(1).max(65_536).default(defaults.batchSize),
    learningRate: z.number().positive().max(1).default(defaults.learningRate),
    schedule: z.enum(["cosine", "constant"]).default(defaults.schedule),
    /** Share of all steps in which the learning rate of the cosine schedule rises. */
    warmUp: z.number().min(0).max(0.5).default(0.1),
    /** Of the weights; decoupled from the gradient, as in AdamW. */
    weightDecay: z.number().min(0).max(1).default(defaults.weightDecay),
    /** Share of a hidden layer's outputs that is left out in each training step. */
    dropout: z.number().min(0).max(0.9).default(defaults.dropout),
    /** Share of each row's probability that is spread over all classes. */
    labelSmoothing: z.number().min(0).max(0.5).default(0),
    /** What early stopping watches on the validation rows. */
    stopOn: z.enum(["loss", "macro-f1"]).default(defaults.stopOn),
    /** Epochs without a better validation figure before the training stops and the best weights return. */
    patience: z.int().min(1).max(5_000).default(defaults.patience),
  };
}
