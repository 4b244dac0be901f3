import { z } from "zod";
import { SingleLearnerSettings, TrainingSettings } from "./training-settings.ts";

/** Why a candidate was not scored to the end; the first two are no fault of it. */
const leaderboardReasons = [
  "clearly-worse",
  "out-of-time",
  "did-not-converge",
  "out-of-memory",
  "data-unusable",
  "internal",
] as const;

/** Candidates of a search that are told of while it runs. */
export const mostStandings = 50;

/** How a candidate stands while learners are still being compared. */
export const Standing = z.object({
  learner: z.string(),
  /** Folds that it was scored on so far. */
  folds: z.int().nonnegative(),
  /** Mean over these; 0 where there is none. */
  macroF1: z.number(),
  status: z.enum(["waiting", "fitting", "scored", "stopped-early", "failed"]),
  reason: z.enum(leaderboardReasons).optional(),
});
export type Standing = z.infer<typeof Standing>;

const ordered = {
  selection: TrainingSettings.shape.selection.unwrap(),
  classWeights: TrainingSettings.shape.classWeights.unwrap(),
};

export const LeaderboardEntry = z.object({
  learner: z.string(),
  settings: SingleLearnerSettings,
  /** How its KPIs were selected and its rows weighed; earlier reports do not tell. */
  selection: ordered.selection.exclude(["auto"]).optional(),
  classWeights: ordered.classWeights.exclude(["auto"]).optional(),
  /** Mean over the folds that were scored; null where none was (0 in earlier reports). */
  macroF1: z.number().nullable(),
  /** Standard deviation over these folds. */
  macroF1Spread: z.number().nonnegative().nullable(),
  accuracy: z.number().nullable(),
  /** Folds that were scored. */
  folds: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** Share in the blend; 0 where it is not used. */
  weight: z.number().min(0).max(1),
  status: z.enum(["scored", "stopped-early", "failed"]),
  reason: z.enum(leaderboardReasons).optional(),
});
export type LeaderboardEntry = z.infer<typeof LeaderboardEntry>;

/** How the candidates of the learner `auto` did on the same folds, best first. */
export const Leaderboard = z
  .object({
    /** Folds that every scored candidate went through. */
    folds: z.int().nonnegative(),
    /** 0: there was no limit. */
    budgetSeconds: z.number().nonnegative(),
    seconds: z.number().nonnegative(),
    /** Rows that the candidates were compared on. */
    rows: z.int().positive(),
    /** How the blend's members are averaged: their probabilities, or the logarithms of these. */
    mean: z.enum(["arithmetic", "geometric"]),
    /** Of the blend, out of fold, over all rows compared. */
    macroF1: z.number(),
    accuracy: z.number(),
    entries: z.array(LeaderboardEntry),
  })
  .meta({ id: "Leaderboard" });
export type Leaderboard = z.infer<typeof Leaderboard>;
