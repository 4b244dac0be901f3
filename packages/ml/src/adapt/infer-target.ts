import { alignTarget, type KpiLine, toSource } from "./align/align-target.ts";
import { fitView } from "./fit/fit-view.ts";
import { reverseValidate } from "./fit/reverse-validate.ts";
import { selfTrain, selfTrainAlone } from "./fit/self-train.ts";
import { correctByLabels } from "./labels/correct-by-labels.ts";
import { reverseTolerance, type ViewPlan } from "./plan-views.ts";
import { confirmedWeight } from "./posterior/confirmed-weight.ts";
import { mixPosteriors } from "./posterior/mix-posteriors.ts";
import { pinLabels } from "./posterior/pin-labels.ts";
import { type SnappedPosterior, snapPrior } from "./posterior/snap-prior.ts";
import type { InferenceOptions, LabelledTarget, SourceRows, View } from "./task.ts";
import { type AlignedViews, alignedViews } from "./views/aligned-views.ts";
import { view as makeView } from "./views/static-views.ts";

const alignmentRounds = 2;
const selfTrainingRounds = 4;
const selfTrainingViews = 2;

/** What is found of the target's rows, and on which way. */
export interface TargetInference {
  /** `target rows × classCount`. */
  readonly posterior: Float64Array;
  /** The same before any label of the target was looked at. */
  readonly blind: Float64Array;
  readonly prior: SnappedPosterior["prior"];
  /** How the KPIs of the target come to the source's terms; undefined where that does not hold up in reverse. */
  readonly lines: readonly KpiLine[] | undefined;
  /** Reverse score of the aligned views. */
  readonly alignmentReverse: number;
  /** The view that the target was learned in together with its own diagnoses. */
  readonly view: View;
  /** What each step came to, by its name. */
  readonly stages: readonly { readonly name: string; readonly posterior: Float64Array }[];
}

/**
 * Diagnoses the target from what the source knows: views mixed by their reverse validation, balanced to a simple mix of
 * classes where one is near, KPIs aligned class by class where that holds up in reverse, learned together with the
 * target's own diagnoses out of fold, and at last from these alone. Labelled rows, where there are some, correct that.
 */
export async function inferTarget(
  source: SourceRows,
  plan: ViewPlan,
  labelled: LabelledTarget | undefined,
  options: InferenceOptions,
): Promise<TargetInference> {
  const { classCount, classShares } = source;
  const stages: { name: string; posterior: Float64Array }[] = [];
  const note = (name: string, posterior: Float64Array) => stages.push({ name, posterior });
  const ways = plan.fits.map(({ posterior }) => posterior);
  const settle = (posterior: Float64Array) => snapPrior(posterior, classShares);
  const mixed = mixPosteriors(
    ways,
    classCount,
    plan.fits.map(({ weight }) => weight),
  );
  note("views", mixed);
  const start = settle(mixed);
  note("prior", start.posterior);
  let current = start;
  let views: AlignedViews | undefined;
  let alignmentReverse = 0;
  let lines: KpiLine[] = [];
  const { raw } = plan.prepared;
  for (let round = 0; round < alignmentRounds; round++) {
    lines = await alignTarget(raw, source, current.posterior, options.signal);
    const tried = alignedViews(plan.prepared, toSource(raw.target, lines));
    const own = { ...options, seed: options.seed + round + 1 };
    const [alone, withRanks, boosted] = await Promise.all([
      fitView("extra-trees", tried.aligned, source, own),
      fitView("extra-trees", tried.withRanks, source, own),
      fitView("boosting", tried.withRanks, source, own),
    ]);
    if (round === 0) {
      const scores = await Promise.all([
        reverseValidate(tried.aligned, source, alone, options),
        reverseValidate(tried.withRanks, source, withRanks, options),
      ]);
      alignmentReverse = Math.max(...scores);
      if (!(alignmentReverse > plan.reverse - reverseTolerance)) break;
    }
    views = tried;
    const found = mixPosteriors([alone, withRanks, boosted], classCount, [1, 1, 0.5]);
    note(`alignment ${round + 1} alone`, found);
    ways.push(found);
    current = settle(mixPosteriors([start.posterior, found], classCount));
    note(`alignment ${round + 1}`, current.posterior);
    await options.onProgress?.(0.2 * (round + 1));
  }
  let view = plan.best;
  const before = current;
  const rounds = [before.posterior];
  for (let round = 0; round < selfTrainingRounds; round++) {
    if (views) {
      lines = await alignTarget(raw, source, current.posterior, options.signal);
      views = alignedViews(plan.prepared, toSource(raw.target, lines));
    }
    view = views?.aligned ?? plan.best;
    const own = { ...options, seed: options.seed + round };
    const seen = [view, ...plan.fits.map((fit) => fit.view).filter((other) => other !== view)].slice(
      0,
      selfTrainingViews,
    );
    const trained = seen.map((one) => selfTrain(one, source, current.posterior, own));
    const found = mixPosteriors(await Promise.all(trained), classCount);
    note(`self-training ${round + 1} alone`, found);
    ways.push(found);
    current = settle(mixPosteriors([before.posterior, found], classCount));
    note(`self-training ${round + 1}`, current.posterior);
    rounds.push(current.posterior);
    await options.onProgress?.(0.4 + (0.4 * (round + 1)) / selfTrainingRounds);
  }
  const together = mixPosteriors(rounds, classCount);
  note("together", together);
  const { robust, groupValues, disturbed } = plan.prepared;
  const own = makeView("robust", robust, groupValues, disturbed).target;
  const byItself = async (posterior: Float64Array, known: LabelledTarget | undefined) => {
    const found = await selfTrainAlone(own, classCount, posterior, known, options);
    const weight = confirmedWeight(found, posterior, classCount, known?.rows);
    const mixed = mixPosteriors([posterior, found], classCount, [1, weight]);
    return pinLabels(settle(mixed).posterior, classCount, known);
  };
  const blind = await byItself(together, undefined);
  note("by itself", blind);
  let posterior = blind;
  if (labelled) {
    const belief = { columns: own, classCount, posterior: blind, ways };
    const corrected = settle(await correctByLabels(belief, labelled, options)).posterior;
    note("corrected", corrected);
    posterior = await byItself(pinLabels(corrected, classCount, labelled), labelled);
  }
  note("result", posterior);
  const { prior } = settle(posterior);
  return { posterior, blind, prior, lines: views ? lines : undefined, alignmentReverse, view, stages };
}
