import { lettersOf, shorten } from "./shorten.ts";

/** The name of an axis above it. */
export interface NameAbove {
  readonly name: string;
  /** From the bottom. */
  readonly row: number;
  readonly anchor: "start" | "middle" | "end";
  /** Pixels from the plot's left edge. */
  readonly x: number;
}

/** Pixels of the plot, and of the room beside it. */
export interface PlotWidth {
  readonly width: number;
  readonly left: number;
  readonly right: number;
}

const letterPixels = 7;
/** A name has the room of two axes, as wide as these at most. */
const widestAxis = 88;
const fewestLetters = 4;
/** Between a name and the edge of the chart. */
const edgePixels = 2;
const usualRows = 2;
const mostRows = 5;

/** @returns how many rows the names need: two, in turns, or one for each where few axes stand close together */
export function rowsOf(names: readonly string[], { width }: PlotWidth): number {
  const letters = lettersInTurns(names.length, width);
  const isCut = names.some((name) => shorten(letters)(name) !== shorten(Number.POSITIVE_INFINITY)(name));
  return isCut && names.length <= mostRows ? Math.max(usualRows, names.length) : usualRows;
}

/** Where the names of axes stand that are spread evenly over a plot. @param rows that the chart has room for */
export function namesAbove(names: readonly string[], plot: PlotWidth, rows: number): NameAbove[] {
  return rows > usualRows ? oneARow(names, plot) : inTurns(names, plot);
}

/** Neighbours stand in two rows; the outer names end where the chart does. */
function inTurns(names: readonly string[], { width, left, right }: PlotWidth): NameAbove[] {
  const short = shorten(lettersInTurns(names.length, width));
  return names.map((name, position) => {
    const above = { name: short(name), row: position % usualRows };
    if (names.length > 1 && position === 0) return { ...above, anchor: "start", x: edgePixels - left };
    if (names.length > 1 && position === names.length - 1) {
      return { ...above, anchor: "end", x: width + right - edgePixels };
    }
    return { ...above, anchor: "middle", x: placeOf(position, names.length, width) };
  });
}

/** Steps that go down to the right; each name begins at its axis, or as far before it as it needs room. */
function oneARow(names: readonly string[], { width, left, right }: PlotWidth): NameAbove[] {
  const end = width + right - edgePixels;
  const short = shorten(Math.floor((end + left - edgePixels) / letterPixels));
  return names.map((name, position) => {
    const shown = short(name);
    const x = Math.min(placeOf(position, names.length, width), end - lettersOf(shown) * letterPixels);
    return { name: shown, row: names.length - 1 - position, anchor: "start", x: Math.max(edgePixels - left, x) };
  });
}

function lettersInTurns(axes: number, width: number): number {
  const distance = axes > 1 ? width / (axes - 1) : width;
  return Math.max(fewestLetters, Math.floor((2 * Math.min(distance, widestAxis)) / letterPixels) - 1);
}

/** Of an axis, in pixels. */
export const placeOf = (position: number, axes: number, width: number): number =>
  axes > 1 ? (position * width) / (axes - 1) : width / 2;
