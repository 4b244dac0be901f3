import { z } from "zod";
import { Leaderboard } from "./leaderboard.ts";
import { ClassCount } from "./profile.ts";
import { Attempt, EpochPoint } from "./run.ts";
import { TrainingSettings } from "./training-settings.ts";

/** Written beside the model and into the metadata of `model.onnx` (key `systemhealer.card`). */
export const ModelCard = z
  .object({
    schema: z.literal("model-card.v1"),
    /** Input columns in the order of the graph's `features` input. */
    features: z.array(z.object({ name: z.string(), used: z.boolean() })),
    /** Output columns in the order of the graph's `probabilities` output. */
    classes: z.array(z.string()),
    /** Classes of the training file that had too few rows to be learned; absent where there was none. */
    classesLeftOut: z.array(z.string()).optional(),
    learner: z.string(),
    settings: TrainingSettings,
    trainedAt: z.iso.datetime(),
    trainingRows: z.int().positive(),
    trainingFileSha256: z.string(),
    accuracy: z.number(),
    macroF1: z.number(),
    /** Expected calibration error, 15 bins, on rows that the training never saw; not of a model made before it was kept. */
    ece: z.number().min(0).max(1).optional(),
    /**
     * Rows of the test part per class, in the order of `classes`, and how many of them were diagnosed as it. Not of an
     * adapted model, nor of one that was made before it was kept.
     */
    heldOut: z.array(z.object({ rows: z.int().nonnegative(), right: z.int().nonnegative() })).optional(),
    software: z.string(),
    /**
     * Only of a model whose answers are told from several rows: the graph's input is `rows × features` numbers, the
     * oldest row first. The columns are those that told which series a row belongs to, and when it was.
     */
    window: z
      .object({
        rows: z.int().min(2).max(64),
        nodeColumn: z.string().optional(),
        timeColumn: z.string().optional(),
      })
      .optional(),
    /** Where the model was fitted to another environment: accuracy and macro-F1 are then what is expected there. */
    adaptedFrom: z
      .object({
        modelSha256: z.string(),
        /** Of the file that the parent learned its labels from. */
        trainingFileSha256: z.string(),
        rows: z.int().positive(),
        labelledRows: z.int().nonnegative(),
      })
      .optional(),
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

const Share = z.number().min(0).max(1);

/** How far a model's word can be taken, on rows that the training never saw. */
export const HonestyReport = z
  .object({
    calibration: z.object({
      /** By which the learner's logarithms are divided; above 1 it was too sure of itself. */
      temperature: z.number().positive(),
      /** Expected calibration error, 15 bins, of the learner as it was. */
      errorBefore: Share,
      /** The same of the model as it is. */
      error: Share,
      brierScore: z.number().min(0).max(2),
    }),
    predictionSets: z.object({
      /** Share of rows whose set is to hold their class. */
      coverage: Share,
      /** Share of rows whose set does. */
      covered: Share,
      /** Share of rows whose set is one class; the others abstain. */
      single: Share,
      singleAccuracy: Share,
      meanSetSize: z.number().nonnegative(),
    }),
    /** Area under the curve per class left out, in the order of the classes; null where it could not be measured. */
    noveltyByClassOut: z.array(Share.nullable()),
  })
  .meta({ id: "HonestyReport" });
export type HonestyReport = z.infer<typeof HonestyReport>;

/** What a model loses without a KPI: the drop of macro-F1 on the test part when the KPI's values are shuffled. */
export const KpiImportance = z
  .object({
    name: z.string(),
    mean: z.number(),
    /** Bounds of a 95 % interval. */
    low: z.number(),
    high: z.number(),
  })
  .meta({ id: "KpiImportance" });
export type KpiImportance = z.infer<typeof KpiImportance>;

/** Rows of all parts of a training on the 2-D map that the model's file carries. */
export const RowMap = z
  .object({
    method: z.enum(["pca", "umap", "tsne"]),
    /** `label` is a class index. */
    points: z.array(z.object({ x: z.number(), y: z.number(), label: z.int().nonnegative() })).max(2_000),
    /** Share of the variance along each axis; `pca` only. */
    explained: z.tuple([Share, Share]).optional(),
  })
  .meta({ id: "RowMap" });
export type RowMap = z.infer<typeof RowMap>;

/** What later versions added is optional: a report is read as long as its model is kept. */
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
      /** Classes that had too few rows to be learned, with their rows; absent where there was none. */
      classesLeftOut: z.array(ClassCount).optional(),
      /** What `auto` came to. */
      scaler: z.string().optional(),
      imputer: z.string().optional(),
      selection: z.string().optional(),
      /** Columns by what they tell of the class, best first; empty where nothing was selected. */
      featureScores: z.array(z.object({ name: z.string(), score: z.number(), kept: z.boolean() })).optional(),
      /** Rows that oversampling added to the training part. */
      syntheticRows: z.int().nonnegative().optional(),
    }),
    /** Of the rows that early stopping watched; with `auto`, of out-of-fold predictions. */
    validation: Evaluation,
    /** On rows that neither training nor early stopping ever saw. */
    test: Evaluation,
    honesty: HonestyReport.optional(),
    map: RowMap.optional(),
    /** By permutation, the greatest first; KPIs that the model uses. */
    importance: z.array(KpiImportance).optional(),
    /** Simple learners, fitted to the same training part and scored on the same test part. */
    baselines: z.array(z.object({ learner: z.string(), macroF1: z.number(), accuracy: z.number() })).optional(),
    /** With the learner `auto`: how the learners did that were compared. */
    leaderboard: Leaderboard.optional(),
    /** Every try of the ladder, where there was more than one. */
    attempts: z.array(Attempt).optional(),
    curve: z.array(EpochPoint),
    bestEpoch: z.int().positive(),
    /** Largest difference between `model.onnx` and the trainer's own forward pass. */
    check: z.object({ rows: z.int().positive(), maxDifference: z.number() }),
    fitSeconds: z.number(),
    seconds: z.number(),
  })
  .meta({ id: "Report" });
export type Report = z.infer<typeof Report>;
