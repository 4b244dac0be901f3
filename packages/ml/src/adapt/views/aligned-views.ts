import type { View } from "../task.ts";
import type { PreparedViews } from "./prepare-views.ts";
import { view } from "./static-views.ts";

export interface AlignedViews {
  readonly aligned: View;
  readonly withRanks: View;
}

/** @param target the target's KPIs in the source's terms, see `alignTarget` */
export function alignedViews(prepared: PreparedViews, target: readonly Float32Array[]): AlignedViews {
  const { raw, ranks, groupValues, groupRanks, disturbed } = prepared;
  const aligned = { source: raw.source, target };
  return {
    aligned: view("aligned", aligned, groupValues, disturbed),
    withRanks: view("aligned and ranks", aligned, ranks, groupValues, groupRanks, disturbed),
  };
}
