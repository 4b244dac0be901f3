import type { EpochPoint } from "@systemhealer/contract/run";
import type { Series } from "./curve-series.ts";

export interface NamedCurve {
  readonly name: string;
  readonly curve: readonly EpochPoint[];
}

/**
 * One line per model over the share of its training that has gone by, since epochs of a network and rounds of trees do
 * not count alike.
 */
export function compareCurves(models: readonly NamedCurve[], measure: Exclude<keyof EpochPoint, "epoch">): Series[] {
  return models.map(({ name, curve }) => {
    const last = curve.at(-1)?.epoch ?? 1;
    return {
      id: name,
      data: curve
        .map((point) => ({ x: (100 * point.epoch) / last, y: point[measure] }))
        .filter(({ y }) => Number.isFinite(y)),
    };
  });
}
