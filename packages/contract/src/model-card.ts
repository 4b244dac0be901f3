import { z } from "zod";
import { ClassCount } from "./profile.ts";
import { EpochPoint } from "./run.ts";
import { TrainingSettings } from "./training-settings.ts";

/** Written beside the model and into the metadata of `model.onnx` (key `systemhealer.card`). */
export const ModelCard = z
  .object({
    schema: z.literal("model-card.v1"),
    /** Input columns in the order of the graph's `features` input. */
    features: z.array(z.object({ name: z.string(), used: z.boolean() })),
    /** Output columns in the order of the graph's `probabilities` output. */
    classes: z.array(z.string()),
    learner: z.string(),
    settings: TrainingSettings,
    trainedAt: z.iso.datetime(),
    trainingRows: z.int().positive(),
    trainingFileSha256: z.string(),
    accuracy: z.number(),
    macroF1: z.number(),
    software: z.string(),
  })
  .meta({ id: "ModelCard" });
export type ModelCard = z.infer<typeof ModelCard>;

export const ClassMetrics = z.object({
  name: z.string(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  /** Rows of the class among those scored. */
  support: z.int().nonnegative(),
});

export const Evaluation = z
  .object({
    rows: z.int().positive(),
    accuracy: z.number(),
    macroF1: z.number(),
    perClass: z.array(ClassMetrics),
    /** `confusion[actual][predicted]`, in the order of `classes`. */
    confusion: z.array(z.array(z.int().nonnegative())),
  })
  .meta({ id: "Evaluation" });
export type Evaluation = z.infer<typeof Evaluation>;

export const Report = z
  .object({
    schema: z.literal("report.v1"),
    classes: z.array(z.string()),
    split: z.object({ training: z.int(), validation: z.int(), test: z.int() }),
    preparation: z.object({
      duplicateRowsDropped: z.int().nonnegative(),
      constantFeaturesDropped: z.array(z.string()),
      cellsImputed: z.int().nonnegative(),
      classes: z.array(ClassCount),
    }),
    validation: Evaluation,
    /** On rows that neither training nor early stopping ever saw. */
    test: Evaluation,
    curve: z.array(EpochPoint),
    bestEpoch: z.int().positive(),
    /** Largest difference between `model.onnx` and the trainer's own forward pass. */
    check: z.object({ rows: z.int().positive(), maxDifference: z.number() }),
    fitSeconds: z.number(),
    seconds: z.number(),
  })
  .meta({ id: "Report" });
export type Report = z.infer<typeof Report>;
