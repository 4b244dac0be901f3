import { z } from "zod";
import { ShiftReport } from "./diagnosis.ts";
import { ClassCount } from "./profile.ts";

/**
 * `unchanged`: the rows are of no other environment, the model stays as it is; `few-states`: it stays, too, since the rows
 * are of hardly more than one state and do not tell what their environment is like; `reliable`, `usable`, `doubtful`: by
 * what accuracy can be expected.
 */
export const AdaptationVerdict = z.enum(["unchanged", "few-states", "reliable", "usable", "doubtful"]);
export type AdaptationVerdict = z.infer<typeof AdaptationVerdict>;

/** Whether an adaptation of this verdict makes no model of its own. */
export function leavesModel(verdict: AdaptationVerdict): boolean {
  return verdict === "unchanged" || verdict === "few-states";
}

const Share = z.number().min(0).max(1);

/** With the bounds of its 95 % interval. */
export const AccuracyEstimate = z.object({ value: Share, low: Share, high: Share }).meta({ id: "AccuracyEstimate" });
export type AccuracyEstimate = z.infer<typeof AccuracyEstimate>;

export const AdaptationSettings = z
  .object({
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .default(0),
  })
  .meta({ id: "AdaptationSettings" });
export type AdaptationSettings = z.infer<typeof AdaptationSettings>;

/** What a record keeps of an adaptation, and lists show. */
export const adaptationFacts = {
  verdict: AdaptationVerdict,
  /** Of the model on rows of the new environment; null where nothing was adapted. */
  expectedAccuracy: AccuracyEstimate.nullable(),
  /** Rows of the new environment whose class was known. */
  labelledRows: z.int().nonnegative(),
};

/** How sure an adaptation is of itself, by evidence that needs no label of the new environment: `adaptation.json`. */
export const Adaptation = z
  .object({
    schema: z.literal("adaptation.v1"),
    ...adaptationFacts,
    rows: z.int().positive(),
    /** Rows that the adaptation was fitted to: all, or a random sample of very many; 0 where nothing was adapted. */
    fittedRows: z.int().nonnegative(),
    /** Labelled rows that are among the new environment's own. */
    labelledRowsInFile: z.int().nonnegative(),
    /** Labelled rows without a class that the model knows. */
    ignoredLabelledRows: z.int().nonnegative(),
    /** Training rows that the model carried. */
    sourceRows: z.int().nonnegative(),
    /** Macro-F1 of the diagnoses, learned back, on the training rows. */
    reverseScore: z.number().nullable(),
    /** How far the views of the rows agree. */
    agreement: z.number().nullable(),
    /** Share of rows that the views disagree about. */
    unstableShare: z.number().nullable(),
    /** How alike KPIs go together in both environments; near 0, the new rows may be of one state only. */
    structureLikeness: z.number().min(-1).max(1).nullable(),
    /** Share of rows that the written model, not having seen them, diagnoses as the whole inference does. */
    studentAgreement: z.number().nullable(),
    /** What the written model learned from. */
    learnedFrom: z.string().nullable(),
    /** The mix of classes that the rows are held to have. */
    prior: z.enum(["uniform", "training", "none"]).nullable(),
    /** Whether KPIs of the two environments were brought to the same terms. */
    aligned: z.boolean(),
    /** KPIs that carried signal. */
    kpis: z.int().nonnegative(),
    views: z.array(z.object({ name: z.string(), learner: z.string(), reverseScore: z.number() })),
    /** Diagnosed rows per class. */
    classes: z.array(ClassCount),
    /** The rows against what the model was trained on; only where the model tells. */
    shift: ShiftReport.optional(),
  })
  .meta({ id: "Adaptation" });
export type Adaptation = z.infer<typeof Adaptation>;
