import { lettersOf, shorten } from "./shorten.ts";

/** Names beside a vertical axis. */
export interface AxisNames {
  readonly shortName: (name: unknown) => string;
  /** That the longest of them takes, with the gap to the axis. */
  readonly pixels: number;
}

const letterPixels = 7.2;
const gapPixels = 16;
const leastPixels = 44;
/** Names have this share of a chart's width at most. */
const share = 0.38;
const [fewestLetters, mostLetters] = [11, 40];

/** As much of each name as a chart of this width has room for. @param width pixels */
export function axisNames(names: readonly string[], width: number): AxisNames {
  const room = Math.floor((share * width - gapPixels) / letterPixels);
  const shortName = shorten(Math.min(mostLetters, Math.max(fewestLetters, room)));
  const letters = Math.max(0, ...names.map((name) => lettersOf(shortName(name))));
  return { shortName, pixels: Math.max(leastPixels, Math.ceil(letters * letterPixels) + gapPixels) };
}

const tickPixels = 64;
const fewestTicks = 2;

/** How many values of a horizontal axis have room beside each other, about. @param plot pixels of the axis */
export function ticksFor(plot: number, most = 5): number {
  return Math.max(fewestTicks, Math.min(most, Math.floor(plot / tickPixels)));
}

/**
 * As `ticksFor`; where figures have no part below one, not more than there are whole numbers, so that none stands there
 * twice.
 *
 * @param format of the axis
 */
export function figureTicks(
  plot: number,
  [min, max]: readonly [number, number],
  format: (value: number) => string,
  most = 5,
): number {
  const ticks = ticksFor(plot, most);
  const areWhole = [format(0), format(1)].includes(format(0.5));
  return areWhole ? Math.max(1, Math.min(ticks, Math.floor(max - min))) : ticks;
}
