import type { Calibrator } from "../honesty/calibrator.ts";
import { type BlendMember, blendPipelines } from "../learners/blend/blend-pipelines.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import { fitPipeline, type PipelineFit } from "../pipeline/fit-pipeline.ts";
import { type FittedPipeline, withStep } from "../pipeline/fitted-pipeline.ts";
import type { LabelledRows } from "../pipeline/prepare-rows.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";
import { settingsFor } from "./candidate.ts";
import type { Contender } from "./contender.ts";
import { failureReason } from "./failure-reason.ts";
import { copiesWithin, lightened, mostCopies, nodeAllowances } from "./model-size.ts";
import { type SearchProgress, unbounded } from "./race.ts";
import { standingsOf } from "./standings.ts";
import type { TimeBudget } from "./time-budget.ts";

export interface LastFitOptions {
  readonly seed: number;
  readonly threads: number;
  readonly budget: TimeBudget;
  /** Time of a last fit as a multiple of that of a fold's fit. */
  readonly lastFitFactor: number;
  /** All that were compared, to tell how they stand. */
  readonly contenders: readonly Contender[];
  readonly onProgress?: ((progress: SearchProgress) => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Share of the progress that the search takes; the last fits have the rest. */
export const searchShare = 0.85;

/** Few rows leave much to chance in a boosted ensemble; then several that differ in their seed only are averaged. */
const rowsOfAllCopies = 24_000;

function copiesOf({ learner }: LearnerSettings, rowCount: number): number {
  if (learner !== "gbdt") return 1;
  return Math.min(mostCopies, Math.max(1, Math.floor(rowsOfAllCopies / rowCount)));
}

/** Per scored contender. */
export interface Shares {
  readonly weights: readonly number[];
  readonly calibrators: readonly Calibrator[];
}

export interface Member extends BlendMember {
  readonly contender: Contender;
  readonly fit: PipelineFit;
}

/**
 * The last fits, calibrated as when the weights were found, the greatest weight first. A member that fails or for which
 * the time does not suffice is left out of the blend, but the first one that can be fitted takes the time that it needs.
 */
export async function fitMembers(
  rows: LabelledRows,
  which: Int32Array,
  compared: Int32Array,
  scored: readonly Contender[],
  { weights, calibrators }: Shares,
  settings: Omit<TrainingSettings, "learner">,
  { seed, threads, budget, lastFitFactor, contenders, signal, onProgress }: LastFitOptions,
): Promise<[Member, ...Member[]]> {
  const order = [...scored.keys()]
    .filter((index) => weights[index] > 0)
    .sort((one, other) => weights[other] - weights[one] || one - other);
  const allowances = nodeAllowances(
    scored.map((contender) => contender.settings),
    weights,
    rows.classCount,
  );
  const members: (Omit<Member, "weight"> & { readonly share: number })[] = [];
  let failure: { readonly error: unknown } | undefined;
  for (const [place, index] of order.entries()) {
    const contender = scored[index];
    const { lastSeconds, candidate } = contender;
    const affordsAll = budget.affords(lastSeconds * lastFitFactor);
    if (!affordsAll && members.length > 0 && !budget.affords(lastSeconds)) {
      contender.reason = "out-of-time";
      continue;
    }
    await onProgress?.({
      learner: candidate.learner,
      fold: 0,
      folds: 0,
      fraction: searchShare + ((1 - searchShare) * place) / order.length,
      standings: standingsOf(contenders, contender),
    });
    try {
      const own = settingsFor(contender, settings);
      const learnedRows = affordsAll ? which : compared;
      const copies = copiesOf(contender.settings, learnedRows.length);
      const fits: PipelineFit[] = [];
      for (let copy = 0; copy < copies; copy++) {
        if (copy > 0 && copy >= copiesWithin(fits[0], allowances[index])) break;
        if (copy > 0 && !budget.affords(2 * lastSeconds * lastFitFactor)) break;
        const whole = await fitPipeline(rows, learnedRows, new Int32Array(0), contender.settings, own, {
          seed: seed + copy,
          threads,
          ...(signal && { signal }),
        });
        fits.push(lightened(whole, candidate, allowances[index]));
      }
      const [fit] = fits;
      const averaged = blendPipelines(
        fits.map((each) => ({ pipeline: each.pipeline, weight: 1 / fits.length })),
        "arithmetic",
      );
      const pipeline = withStep(averaged, calibrators[index]);
      members.push({ contender, fit, pipeline, share: weights[index] });
    } catch (error) {
      signal?.throwIfAborted();
      failure ??= { error };
      contender.reason = failureReason(error);
    }
  }
  const total = members.reduce((sum, { share }) => sum + share, 0);
  const [first, ...others] = members.map(({ share, ...member }) => ({
    ...member,
    weight: share / total,
  }));
  if (!first) throw failure?.error;
  return [first, ...others];
}

/** The last fits of those that are not in the blend and did not fail. */
export async function fitOthers(
  rows: LabelledRows,
  which: Int32Array,
  contenders: readonly Contender[],
  members: readonly Member[],
  settings: Omit<TrainingSettings, "learner">,
  { seed, threads, budget, lastFitFactor, signal }: LastFitOptions,
): Promise<{ candidate: LearnerSettings; pipeline: FittedPipeline }[]> {
  const others: { candidate: LearnerSettings; pipeline: FittedPipeline }[] = [];
  for (const contender of contenders) {
    if (contender.scores.length === 0 || members.some((member) => member.contender === contender)) continue;
    const affordable =
      unbounded.has(contender.candidate.learner) || budget.affords(contender.lastSeconds * lastFitFactor);
    if (!affordable) continue;
    try {
      const options = { seed, threads, ...(signal && { signal }) };
      const own = settingsFor(contender, settings);
      const fit = await fitPipeline(rows, which, new Int32Array(0), contender.settings, own, options);
      others.push({ candidate: contender.candidate, pipeline: fit.pipeline });
    } catch (error) {
      signal?.throwIfAborted();
      contender.reason ??= failureReason(error);
    }
  }
  return others;
}
