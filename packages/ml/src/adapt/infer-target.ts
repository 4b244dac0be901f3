import { alignTarget, type KpiLine, toSource } from "./align/align-target.ts";
import { fitView } from "./fit/fit-view.ts";
import { reverseValidate } from "./fit/reverse-validate.ts";
import { selfTrain } from "./fit/self-train.ts";
import { type PlannedFit, reverseTolerance, type ViewPlan } from "./plan-views.ts";
import { mixPosteriors } from "./posterior/mix-posteriors.ts";
import { pinLabels } from "./posterior/pin-labels.ts";
import { type SnappedPosterior, snapPrior } from "./posterior/snap-prior.ts";
import type { InferenceOptions, LabelledTarget, SourceRows, View } from "./task.ts";
import { type AlignedViews, alignedViews } from "./views/aligned-views.ts";

const alignmentRounds = 2;
const selfTrainingRounds = 4;
const selfTrainingViews = 2;

/** What is found of the target's rows, and on which way. */
export interface TargetInference {
  /** `target rows × classCount`. */
  readonly posterior: Float64Array;
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
 * classes where one is near, KPIs aligned class by class where that holds up in reverse, then learned together with
 * the target's own diagnoses out of fold. Labelled rows, where there are some, take part in each step.
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
  const settle = (posterior: Float64Array) => {
    const snapped = snapPrior(posterior, classShares);
    return { ...snapped, posterior: pinLabels(snapped.posterior, classCount, labelled) };
  };
  const fits = labelled ? await refit(source, plan.fits, labelled, options) : plan.fits;
  const mixed = mixPosteriors(
    fits.map(({ posterior }) => posterior),
    classCount,
    fits.map(({ weight }) => weight),
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
      fitView("extra-trees", tried.aligned, source, labelled, own),
      fitView("extra-trees", tried.withRanks, source, labelled, own),
      fitView("boosting", tried.withRanks, source, labelled, own),
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
    current = settle(mixPosteriors([start.posterior, found], classCount));
    note(`alignment ${round + 1}`, current.posterior);
    await options.onProgress?.(0.25 * (round + 1));
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
    const trained = seen.map((one) => selfTrain(one, source, current.posterior, labelled, own));
    const found = mixPosteriors(await Promise.all(trained), classCount);
    note(`self-training ${round + 1} alone`, found);
    current = settle(mixPosteriors([before.posterior, found], classCount));
    note(`self-training ${round + 1}`, current.posterior);
    rounds.push(current.posterior);
    await options.onProgress?.(0.5 + (0.5 * (round + 1)) / selfTrainingRounds);
  }
  const settled = mixPosteriors(rounds, classCount);
  // Learned from labels, the many views know more than what one or two of them make of their own diagnoses.
  const posterior = labelled ? mixPosteriors([start.posterior, settled], classCount) : settled;
  note("result", posterior);
  return { posterior, prior: current.prior, lines: views ? lines : undefined, alignmentReverse, view, stages };
}

async function refit(
  source: SourceRows,
  fits: readonly PlannedFit[],
  labelled: LabelledTarget,
  options: InferenceOptions,
): Promise<PlannedFit[]> {
  return Promise.all(
    fits.map(async (fit) => ({ ...fit, posterior: await fitView(fit.learner, fit.view, source, labelled, options) })),
  );
}
