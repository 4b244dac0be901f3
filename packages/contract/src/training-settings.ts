import { z } from "zod";

/**
 * What a training may be told. Everything has a default, so `{}` is a complete order.
 * A learner joins by adding its member to `LearnerSettings`.
 */
export const MlpSettings = z.object({
  learner: z.literal("mlp"),
  hiddenUnits: z.array(z.int().min(1).max(2048)).min(1).max(8).default([200, 200, 200]),
  epochs: z.int().min(1).max(5_000).default(200),
  batchSize: z.int().min(1).max(65_536).default(128),
  learningRate: z.number().positive().max(1).default(1e-3),
  weightDecay: z.number().min(0).max(1).default(1e-2),
  dropout: z.number().min(0).max(0.9).default(0.2),
  /** Epochs without a better validation macro-F1 before the training stops and the best weights return. */
  patience: z.int().min(1).max(5_000).default(25),
});
export const LearnerSettings = z.discriminatedUnion("learner", [MlpSettings]);
export type LearnerSettings = z.infer<typeof LearnerSettings>;

export const TrainingSettings = z
  .object({
    learner: LearnerSettings.default(() => MlpSettings.parse({ learner: "mlp" })),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(0),
    validationShare: z.number().min(0.05).max(0.4).default(0.15),
    testShare: z.number().min(0.05).max(0.4).default(0.15),
    classWeights: z.enum(["balanced", "none"]).default("balanced"),
    scaler: z.enum(["robust-signed-log", "robust", "standard"]).default("robust-signed-log"),
    imputer: z.enum(["median", "mean"]).default("median"),
    missingIndicators: z.boolean().default(true),
  })
  .meta({ id: "TrainingSettings" });
export type TrainingSettings = z.infer<typeof TrainingSettings>;
export type TrainingSettingsInput = z.input<typeof TrainingSettings>;
