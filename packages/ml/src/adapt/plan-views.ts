import { fitView } from "./fit/fit-view.ts";
import { reverseValidate } from "./fit/reverse-validate.ts";
import type { InferenceOptions, SourceRows, TargetRows, View } from "./task.ts";
import { type PreparedViews, prepareViews } from "./views/prepare-views.ts";
import { staticViews } from "./views/static-views.ts";

/** Views that fall further behind the best one are not used. */
export const reverseTolerance = 0.06;
/** Of the reverse score: how far a view may fall behind for an e-th of the weight; its chance error is about half of it. */
const weightScale = 0.06;
const boostingShare = 0.5;

/** A learner in a view that stands up to reverse validation. */
export interface PlannedFit {
  readonly view: View;
  readonly learner: "extra-trees" | "boosting";
  /** Macro-F1 of its diagnoses, learned back, on the source. */
  readonly reverse: number;
  readonly weight: number;
  /** What it found without any label of the target. */
  readonly posterior: Float64Array;
}

export interface ViewPlan {
  readonly prepared: PreparedViews;
  /** Forests first, those that hold up best in front. */
  readonly fits: readonly PlannedFit[];
  /** Best reverse score of any view. */
  readonly reverse: number;
  readonly best: View;
}

/** Learns in every view without any label of the target, and keeps those that hold up in reverse. */
export async function planViews(source: SourceRows, target: TargetRows, options: InferenceOptions): Promise<ViewPlan> {
  const prepared = await prepareViews(source, target, options);
  const views = staticViews(prepared, source, target);
  const tell = (done: number) => options.onProgress?.(done / (1.5 * views.length));
  const attempt = async (view: View, learner: PlannedFit["learner"]) => {
    const posterior = await fitView(learner, view, source, options);
    return { view, learner, posterior, reverse: await reverseValidate(view, source, posterior, options) };
  };
  let done = 0;
  const tried = await Promise.all(
    views.map(async (view) => {
      const fit = await attempt(view, "extra-trees");
      await tell(++done);
      return fit;
    }),
  );
  const reverse = Math.max(...tried.map((fit) => fit.reverse));
  const holds = (fit: Omit<PlannedFit, "weight">) => fit.reverse > reverse - reverseTolerance;
  const forests = tried.filter(holds).sort((one, other) => other.reverse - one.reverse);
  const weightOf = (fit: Omit<PlannedFit, "weight">) => Math.exp((fit.reverse - reverse) / weightScale);
  const fits = forests.map((fit): PlannedFit => ({ ...fit, weight: weightOf(fit) }));
  const boosted = await Promise.all(
    forests.map(async (forest): Promise<PlannedFit> => {
      const fit = await attempt(forest.view, "boosting");
      await tell(views.length + (0.5 * views.length * (++done - views.length)) / forests.length);
      return { ...fit, weight: boostingShare * weightOf(forest) };
    }),
  );
  fits.push(...boosted.filter(holds));
  return { prepared, fits, reverse, best: forests[0].view };
}
