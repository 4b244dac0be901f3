import { FitError } from "../learners/learner.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import { fitPipeline, type PipelineFit } from "../pipeline/fit-pipeline.ts";
import type { LabelledRows } from "../pipeline/prepare-rows.ts";
import { rowsOutside, stratifiedFolds } from "../pipeline/stratified-folds.ts";
import type { TrainingSettings } from "../pipeline/training-settings.ts";
import { createRandom } from "../random/random.ts";
import { type Candidate, settingsFor } from "./candidate.ts";
import { type Contender, createContender } from "./contender.ts";
import { dropWorse } from "./drop-worse.ts";
import { failureReason } from "./failure-reason.ts";
import { findRounds, stopsEarly } from "./find-rounds.ts";
import { meanOf, scoreFold } from "./fold-scores.ts";
import { always } from "./plan.ts";
import { type Standing, standingsOf } from "./standings.ts";
import type { TimeBudget } from "./time-budget.ts";

/** Where a search is. */
export interface SearchProgress {
  readonly learner: string;
  /** From 1; 0 while the number of rounds is looked for. */
  readonly fold: number;
  readonly folds: number;
  /** Of the search and the last fits, 0 to 1. */
  readonly fraction: number;
  /** How the candidates stand so far. */
  readonly standings: readonly Standing[];
}

export interface RaceOptions {
  readonly seed: number;
  readonly threads: number;
  readonly budget: TimeBudget;
  /** Seconds to be left for the last fits, which are on more rows by this factor than those of a fold. */
  readonly lastFitFactor: number;
  /** Told of each fit before it begins; awaited. */
  readonly onFit?: (learner: string, fold: number, standings: readonly Standing[]) => void | Promise<void>;
  /** Told of each fit that is over or will not be. */
  readonly onFitDone?: (settings: LearnerSettings, fits: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface Race {
  readonly contenders: readonly Contender[];
  /** The folds that every scored contender went through. */
  readonly folds: readonly Int32Array[];
  /** What made the first contender fail, where one did. */
  readonly failure?: unknown;
}

/** Part of the rows that the search for the number of rounds watches: one of so many. */
const watchedParts = 5;
/** In macro-F1. */
const muchBetter = 0.1;
/** Times the budget that the first candidates may take, lest a busy machine leaves nothing but baselines. */
const firstAllowance = 2;
/** Learners that take next to no time, so that there is always something to answer with. */
export const unbounded: ReadonlySet<string> = new Set(["majority", "linear"]);
/** Folds after which a race may end where time runs out. */
const leastFolds = 2;

/**
 * Takes all candidates through the same folds, fold by fold; those that are clearly worse after one or two are
 * stopped. The number of rounds is found once per candidate, by early stopping on rows apart, so that no fold is
 * scored by a model that has seen its labels.
 */
export async function race(
  rows: LabelledRows,
  which: Int32Array,
  candidates: readonly Candidate[],
  foldCount: number,
  settings: Omit<TrainingSettings, "learner">,
  options: RaceOptions,
): Promise<Race> {
  const { labels, classCount } = rows;
  const random = createRandom(options.seed);
  const folds = stratifiedFolds(which, labels, classCount, foldCount, random);
  const watched = stratifiedFolds(which, labels, classCount, watchedParts, random);
  const contenders = candidates.map(createContender);
  const first = new Set(contenders.slice(0, always));
  let failure: { readonly error: unknown } | undefined;
  let done = 0;
  for (const [number, fold] of folds.entries()) {
    if (number >= leastFolds && !affordsFold(contenders, options)) break;
    for (const contender of contenders) {
      if (contender.status !== "racing") continue;
      if (!first.has(contender) && number > 0 && !affordsNext(contender, contenders, options)) {
        stop(contender, "out-of-time");
        continue;
      }
      try {
        if (number === 0) await prepareContender(contender);
        await runFold(contender, number, fold);
      } catch (error) {
        options.signal?.throwIfAborted();
        failure ??= { error };
        const reason = failureReason(error);
        contender.status = reason === "out-of-time" ? "stopped-early" : "failed";
        contender.reason = reason;
      }
      options.onFitDone?.(contender.candidate, 1);
    }
    done = number + 1;
    if (done < foldCount) dropWorse(contenders, done);
    for (const contender of contenders) {
      if (contender.status !== "racing" && contender.scores.length === done) {
        options.onFitDone?.(contender.candidate, foldCount - done);
      }
    }
  }
  const finished = finish(contenders, done);
  return { contenders, folds: folds.slice(0, finished), ...(failure && { failure: failure.error }) };

  async function prepareContender(contender: Contender): Promise<void> {
    if (!stopsEarly(contender.candidate)) return;
    await options.onFit?.(contender.candidate.learner, 0, standingsOf(contenders, contender));
    const { seed, threads, budget } = options;
    const found = await timed(contender, () =>
      budget.bounded(
        options.signal,
        (signal) =>
          findRounds(rows, watched, contender.candidate, settingsFor(contender, settings), {
            seed,
            threads,
            ...(signal && { signal }),
          }),
        first.has(contender) ? firstAllowance : 1,
      ),
    );
    Object.assign(contender, found);
    options.onFitDone?.(contender.candidate, 1);
  }

  async function runFold(contender: Contender, number: number, fold: Int32Array): Promise<void> {
    await options.onFit?.(contender.candidate.learner, number + 1, standingsOf(contenders, contender));
    // Learners that have no rounds to be found are told of the fold only to draw their curve.
    const drawn = contender.curve.length === 0 && !stopsEarly(contender.candidate) ? fold : new Int32Array(0);
    const { predicted, fitted } = await timed(contender, async () => {
      const fitOfFold = await fit(contender, rowsOutside(folds, number), drawn);
      return {
        fitted: fitOfFold.fitted,
        predicted: await fitOfFold.pipeline.predict(rows.raw, fold, options.signal),
      };
    });
    if (predicted.some(Number.isNaN)) {
      throw new FitError("did-not-converge", { learner: contender.candidate.learner, epoch: fitted.bestEpoch });
    }
    if (drawn.length > 0) Object.assign(contender, { curve: fitted.curve, bestEpoch: fitted.bestEpoch });
    contender.predictions.push(predicted);
    contender.scores.push(
      scoreFold(
        predicted,
        fold.map((row) => labels[row]),
        classCount,
      ),
    );
  }

  function fit(contender: Contender, training: Int32Array, validation: Int32Array): Promise<PipelineFit> {
    const { seed, threads, budget } = options;
    const run = (signal: AbortSignal | undefined) =>
      fitPipeline(rows, training, validation, contender.settings, settingsFor(contender, settings), {
        seed,
        threads,
        ...(signal && { signal }),
      });
    return unbounded.has(contender.candidate.learner)
      ? run(options.signal)
      : budget.bounded(options.signal, run, first.has(contender) ? firstAllowance : 1);
  }
}

/**
 * Scores those that went through the folds. Where time stopped one that is much better than all of these, what counts
 * is the folds that it went through.
 * @returns folds that every scored contender went through
 */
function finish(contenders: readonly Contender[], done: number): number {
  const macroF1 = ({ scores }: Contender) => meanOf(scores.map((score) => score.macroF1));
  const byScore = (one: Contender, other: Contender) => macroF1(other) - macroF1(one);
  const [best] = contenders.filter(({ status }) => status === "racing").sort(byScore);
  const [late] = contenders.filter(({ reason, scores }) => reason === "out-of-time" && scores.length > 0).sort(byScore);
  const folds = late && (!best || macroF1(late) > macroF1(best) + muchBetter) ? late.scores.length : done;
  for (const contender of contenders) {
    const { status, reason, scores } = contender;
    if (status !== "racing" && !(folds < done && reason === "out-of-time" && scores.length >= folds)) continue;
    contender.status = "scored";
    delete contender.reason;
    scores.length = folds;
    contender.predictions.length = folds;
  }
  return folds;
}

async function timed<T>(contender: Contender, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await run();
  } finally {
    contender.lastSeconds = (performance.now() - started) / 1_000;
    contender.seconds += contender.lastSeconds;
  }
}

function stop(contender: Contender, reason: NonNullable<Contender["reason"]>): void {
  contender.status = "stopped-early";
  contender.reason = reason;
}

/** Whether every contender can run one more fold and the last fits after it. */
function affordsFold(contenders: readonly Contender[], { budget, lastFitFactor }: RaceOptions): boolean {
  const racing = contenders.filter(({ status }) => status === "racing");
  const seconds = racing.reduce((sum, contender) => sum + contender.lastSeconds, 0);
  return budget.affords(seconds * (1 + lastFitFactor));
}

/** Whether a contender can run its next fold, and the better ones their last fits after it. */
function affordsNext(
  contender: Contender,
  contenders: readonly Contender[],
  { budget, lastFitFactor }: RaceOptions,
): boolean {
  const quicker = contenders.filter(
    ({ status, lastSeconds }) => status === "racing" && lastSeconds <= contender.lastSeconds,
  );
  const lastFits = quicker.reduce((sum, { lastSeconds }) => sum + lastSeconds * lastFitFactor, 0);
  return budget.affords(contender.lastSeconds + lastFits);
}
