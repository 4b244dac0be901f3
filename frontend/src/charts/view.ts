/** A part of an axis, in shares of the whole: 0 is its beginning, 1 its end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What of a chart is in sight. `y` goes upwards, as axes do. */
export interface View {
  readonly x: Span;
  readonly y: Span;
}

/** The axes along which a chart can be zoomed. */
export type ZoomAxes = "x" | "y" | "xy";

/** A place in what is in sight: 0 to 1 from left to right and from bottom to top. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const whole: Span = { from: 0, to: 1 };
export const wholeView: View = { x: whole, y: whole };

/** The least share of an axis that can fill the chart. */
export const leastShare = 1 / 500;

export function isWhole({ x, y }: View): boolean {
  return x.from === 0 && x.to === 1 && y.from === 0 && y.to === 1;
}

/**
 * Nearer by a factor above 1, farther by one below. What lies under the place stays under it.
 * @returns the same view where nothing changes
 */
export function zoomed(view: View, factor: number, at: Place, axes: ZoomAxes): View {
  return changed(view, axes, (span, axis) => {
    const length = span.to - span.from;
    const next = Math.min(1, Math.max(leastShare, length / factor));
    const kept = span.from + at[axis] * length;
    return within(kept - at[axis] * next, next);
  });
}

/** Moved by shares of what is in sight; at an end of an axis it stops. */
export function panned(view: View, by: Place, axes: ZoomAxes): View {
  return changed(view, axes, (span, axis) => {
    const length = span.to - span.from;
    return within(span.from + by[axis] * length, length);
  });
}

/** Zoomed to the rectangle between two places. */
export function brushed(view: View, one: Place, other: Place, axes: ZoomAxes): View {
  return changed(view, axes, (span, axis) => {
    const length = span.to - span.from;
    const [low, high] = [one[axis], other[axis]].sort((a, b) => a - b).map((share) => Math.min(1, Math.max(0, share)));
    return within(span.from + low! * length, Math.max(leastShare, (high! - low!) * length));
  });
}

/** The part of a numeric axis that is in sight. */
export function domainOf([low, high]: readonly [number, number], { from, to }: Span): [number, number] {
  return [low + from * (high - low), low + to * (high - low)];
}

/** The items of an axis of equal steps that are in sight, at least one of them. */
export function itemsOf<T>(items: readonly T[], { from, to }: Span): readonly T[] {
  const first = Math.min(items.length - 1, Math.floor(from * items.length + 1e-9));
  const end = Math.max(first + 1, Math.ceil(to * items.length - 1e-9));
  return items.slice(Math.max(0, first), end);
}

function within(from: number, length: number): Span {
  const start = Math.min(1 - length, Math.max(0, from));
  // A view that is almost whole is whole.
  return length > 1 - 1e-6 ? whole : { from: start, to: start + length };
}

function changed(view: View, axes: ZoomAxes, change: (span: Span, axis: "x" | "y") => Span): View {
  const next = { ...view };
  for (const axis of ["x", "y"] as const) {
    if (!axes.includes(axis)) continue;
    const span = change(view[axis], axis);
    if (Math.abs(span.from - view[axis].from) > 1e-9 || Math.abs(span.to - view[axis].to) > 1e-9) next[axis] = span;
  }
  return next.x === view.x && next.y === view.y ? view : next;
}
