import type { LabelledTarget } from "../task.ts";

const sure = 0.999;

/** A posterior in which the labelled rows have their labels. */
export function pinLabels(
  posterior: Float64Array,
  classCount: number,
  labelled: LabelledTarget | undefined,
): Float64Array {
  if (!labelled) return posterior;
  const pinned = posterior.slice();
  for (const [place, row] of labelled.rows.entries()) {
    const first = row * classCount;
    pinned.fill((1 - sure) / classCount, first, first + classCount);
    pinned[first + labelled.labels[place]] += sure;
  }
  return pinned;
}
