import { extentOf, roundTicks } from "./extent.ts";
import { domainOf, itemsOf, type View } from "./view.ts";

/** One line of parallel coordinates. */
export interface ParallelLine {
  readonly key: number;
  readonly group: string;
  /** In the order of the axes; null for a gap. */
  readonly values: readonly (number | null)[];
}

export interface ParallelAxis {
  readonly name: string;
  /** Its place among all axes. */
  readonly index: number;
  /** What of it is in sight, from bottom to top. */
  readonly min: number;
  readonly max: number;
  /** Where gaps lie, below every value. */
  readonly gap: number;
  readonly ticks: readonly number[];
}

/** Part of an axis below its lowest value, for gaps. */
const gapShare = 0.08;
const mostTicks = 5;

/** The axes in sight: zoomed along x fewer of them, zoomed along y a part of each. */
export function parallelAxes(names: readonly string[], lines: readonly ParallelLine[], view: View): ParallelAxis[] {
  const shown = itemsOf(
    names.map((name, index) => ({ name, index })),
    view.x,
  );
  return shown.map(({ name, index }) => {
    const [low, high] = extentOf(lines.flatMap(({ values }) => values[index] ?? []));
    const hasGaps = lines.some(({ values }) => values[index] == null);
    const gap = hasGaps ? low - gapShare * (high - low) : low;
    const [min, max] = domainOf([hasGaps ? gap - 0.02 * (high - low) : low, high], view.y);
    const ticks = roundTicks(Math.max(min, low), max, mostTicks);
    return { name, index, min, max, gap, ticks };
  });
}
