import type { AutoSettings } from "../auto/auto-settings.ts";
import type { FitError } from "../learners/learner.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { TrainingSettings } from "./training-settings.ts";

type Order = LearnerSettings | AutoSettings;

/** One try of a training. `calmer`: the same learner in smaller steps; `smaller`: less of it; `other`: another one. */
export interface Rung {
  readonly kind: "ordered" | "calmer" | "smaller" | "other";
  readonly settings: TrainingSettings;
}

const boostedTrees: LearnerSettings = {
  ...{ learner: "gbdt", rounds: 300, learningRate: 0.05, leaves: 15, bins: 255, l2: 1, minLeafRows: 20 },
  ...{ minLeafHessian: 1e-3, columnShare: 0.3, rowShare: 0.8, patience: 30 },
};
const extraTrees: LearnerSettings = {
  ...{ learner: "extra-trees", trees: 100, columnShare: 0.3, minLeafRows: 5, maxDepth: 16 },
};
const linear: LearnerSettings = { learner: "linear", l2: 10, iterations: 100 };
const others: readonly LearnerSettings[] = [boostedTrees, extraTrees, linear];

/** The tries of a training in their order: what was ordered, the same more carefully, then other learners. */
export function ladder(order: TrainingSettings): Rung[] {
  const rung = (kind: Rung["kind"], learner: Order): Rung => ({ kind, settings: { ...order, learner } });
  return [
    rung("ordered", order.learner),
    ...variants(order.learner).map(({ kind, learner }) => rung(kind, learner)),
    ...others.filter(({ learner }) => learner !== order.learner.learner).map((learner) => rung("other", learner)),
  ];
}

function variants(order: Order): { kind: "calmer" | "smaller"; learner: Order }[] {
  if ("hiddenUnits" in order) {
    const calmer = { ...order, learningRate: order.learningRate / 10 };
    const hiddenUnits = order.hiddenUnits.map((units) => Math.max(1, Math.ceil(units / 2)));
    const members = Math.max(1, Math.floor(order.members / 2));
    return [
      { kind: "calmer", learner: calmer },
      { kind: "smaller", learner: { ...calmer, hiddenUnits, members } },
    ];
  }
  switch (order.learner) {
    case "gbdt": {
      const learningRate = order.learningRate / 5;
      const leaves = Math.max(2, Math.ceil(order.leaves / 2));
      const bins = Math.max(2, Math.ceil(order.bins / 4));
      return [
        { kind: "calmer", learner: { ...order, learningRate, l2: Math.max(1, order.l2) } },
        { kind: "smaller", learner: { ...order, learningRate, l2: Math.max(1, order.l2), leaves, bins } },
      ];
    }
    case "random-forest":
    case "extra-trees": {
      const trees = Math.max(1, Math.ceil(order.trees / 3));
      const minLeafRows = 4 * order.minLeafRows;
      return [{ kind: "smaller", learner: { ...order, trees, minLeafRows, maxDepth: Math.min(order.maxDepth, 16) } }];
    }
    case "cnn":
    case "gru": {
      const calmer = { ...order, learningRate: order.learningRate / 5 };
      const window = Math.max(2, Math.ceil(order.window / 2));
      const half = (count: number) => Math.max(1, Math.ceil(count / 2));
      const narrower = order.learner === "gru" ? { units: half(order.units) } : { channels: order.channels.map(half) };
      return [
        { kind: "calmer", learner: calmer },
        { kind: "smaller", learner: { ...calmer, window, ...narrower } as LearnerSettings },
      ];
    }
    case "linear":
      return [{ kind: "calmer", learner: { ...order, l2: Math.min(1e6, 100 * order.l2) } }];
    case "auto":
    case "majority":
      return [];
  }
}

/**
 * The place of the next try after one has failed. What did not converge is tried more calmly first; what was too much
 * for the memory or the time, smaller; what has another reason would fail again.
 */
export function nextRung(rungs: readonly Rung[], place: number, error: FitError): number | undefined {
  if (error.code === "data-unusable") return undefined;
  const helps = (kind: Rung["kind"]) => error.code === "did-not-converge" || kind !== "calmer";
  const next = rungs.findIndex(({ kind }, index) => index > place && helps(kind));
  return next < 0 ? undefined : next;
}

/** What an attempt's record calls the learner. */
export function describeLearner({ learner }: Pick<TrainingSettings, "learner">): string {
  if ("hiddenUnits" in learner) {
    return `${learner.learner} ${learner.hiddenUnits.join("×")}, learning rate ${learner.learningRate}`;
  }
  if (learner.learner === "gbdt") return `gbdt ${learner.leaves} leaves, learning rate ${learner.learningRate}`;
  if ("window" in learner) return describeWindowed(learner);
  return "trees" in learner ? `${learner.learner} ${learner.trees} trees` : learner.learner;
}

function describeWindowed(learner: Extract<Order, { readonly window: number }>): string {
  const { window, learningRate } = learner;
  const width = learner.learner === "cnn" ? learner.channels.join("×") : learner.units;
  return `${learner.learner} ${width}, window ${window}, learning rate ${learningRate}`;
}
