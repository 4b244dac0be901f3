import type { FitOptions, FitProgress } from "../learners/learner.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import { fitPipeline } from "../pipeline/fit-pipeline.ts";
import type { LabelledRows } from "../pipeline/prepare-rows.ts";
import { rowsOutside } from "../pipeline/stratified-folds.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";

export interface FoundRounds {
  /** With the number of rounds that was found, and no early stopping any more. */
  readonly settings: LearnerSettings;
  /** Empty where nothing was looked for. */
  readonly curve: readonly FitProgress[];
  readonly bestEpoch: number;
}

/** Fewer rows than these say nothing of the number of rounds. */
const leastWatchedRows = 20;
/** Of the most rounds, where nothing could be watched. */
const blindShare = 1 / 4;

/** Whether the number of rounds is found by rows that are watched. */
export function stopsEarly(settings: LearnerSettings): boolean {
  if (settings.learner === "gbdt") return settings.patience < settings.rounds;
  return "epochs" in settings && settings.patience < settings.epochs;
}

/**
 * The number of rounds after which a learner is best on rows that it has not learned from, so that it can be fitted to
 * all rows afterwards.
 * @param parts disjoint parts of the rows; the first is watched, the others are learned from
 */
export async function findRounds(
  rows: LabelledRows,
  parts: readonly Int32Array[],
  candidate: LearnerSettings,
  settings: Omit<TrainingSettings, "learner">,
  options: FitOptions,
): Promise<FoundRounds> {
  const [watched] = parts;
  if (!stopsEarly(candidate)) return { settings: candidate, curve: [], bestEpoch: 1 };
  if (watched.length < leastWatchedRows) {
    const most = "epochs" in candidate ? candidate.epochs : "rounds" in candidate ? candidate.rounds : 1;
    const rounds = Math.max(1, Math.round(most * blindShare));
    return { settings: withRounds(candidate, rounds), curve: [], bestEpoch: rounds };
  }
  const { fitted } = await fitPipeline(rows, rowsOutside(parts, 0), watched, candidate, settings, options);
  const bestEpoch = Math.max(1, fitted.bestEpoch);
  return { settings: withRounds(candidate, bestEpoch), curve: fitted.curve, bestEpoch };
}

function withRounds(settings: LearnerSettings, rounds: number): LearnerSettings {
  if (settings.learner === "gbdt") return { ...settings, rounds, patience: rounds };
  if ("epochs" in settings) return { ...settings, epochs: rounds, patience: rounds };
  return settings;
}
