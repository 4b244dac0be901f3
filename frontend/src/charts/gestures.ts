import { brushed, type Place, panned, type View, wholeView, type ZoomAxes, zoomed } from "./view.ts";

/** Where a chart's plot lies in its element, in pixels. */
export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface GestureOptions {
  readonly axes: ZoomAxes;
  readonly margin: Margin;
  readonly isBrushing: () => boolean;
  /** Answers whether anything changed. */
  readonly change: (change: (view: View) => View) => boolean;
  /** The rectangle that is being chosen, in pixels of the element. */
  readonly onBrush: (rectangle: Rectangle | undefined) => void;
}

const wheelStrength = 0.002;
const keyFactor = 1.5;
const keyStep = 0.2;
/** A pointer that moved less has clicked. */
const clickPixels = 4;

/** What a key does to the view; undefined where it is none of the chart's. */
export function keyMove(key: string, axes: ZoomAxes): ((view: View) => View) | undefined {
  const middle = { x: 0.5, y: 0.5 };
  if (key === "+" || key === "=") return (view) => zoomed(view, keyFactor, middle, axes);
  if (key === "-" || key === "_") return (view) => zoomed(view, 1 / keyFactor, middle, axes);
  if (key === "0") return () => wholeView;
  const steps: Readonly<Record<string, Place>> = {
    ArrowLeft: { x: -keyStep, y: 0 },
    ArrowRight: { x: keyStep, y: 0 },
    ArrowUp: { x: 0, y: keyStep },
    ArrowDown: { x: 0, y: -keyStep },
  };
  const by = steps[key];
  return by && ((view) => panned(view, by, axes));
}

/** Lets wheel, pinch, drag and keys on an element change the view. @returns what ends it */
export function listenToGestures(element: HTMLElement, options: GestureOptions): () => void {
  const { axes, margin, change, onBrush } = options;
  const ending = new AbortController();
  const pointers = new Map<number, { readonly x: number; readonly y: number }>();
  let start: { readonly x: number; readonly y: number } | undefined;
  let isDragging = false;
  let isBrush = false;

  const plot = () => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return {
      left: left + margin.left,
      top: top + margin.top,
      width: Math.max(1, width - margin.left - margin.right),
      height: Math.max(1, height - margin.top - margin.bottom),
    };
  };
  const placeOf = ({ x, y }: { readonly x: number; readonly y: number }): Place => {
    const { left, top, width, height } = plot();
    const share = (value: number) => Math.min(1, Math.max(0, value));
    return { x: share((x - left) / width), y: share(1 - (y - top) / height) };
  };
  const drawBrush = (end: { readonly x: number; readonly y: number }) => {
    const box = element.getBoundingClientRect();
    const { left, top, width, height } = plot();
    const held = (value: number, low: number, length: number) => Math.min(low + length, Math.max(low, value));
    const xs = axes.includes("x") ? [held(start!.x, left, width), held(end.x, left, width)] : [left, left + width];
    const ys = axes.includes("y") ? [held(start!.y, top, height), held(end.y, top, height)] : [top, top + height];
    onBrush({
      left: Math.min(...xs) - box.left,
      top: Math.min(...ys) - box.top,
      width: Math.abs(xs[1]! - xs[0]!),
      height: Math.abs(ys[1]! - ys[0]!),
    });
  };

  const wheel = (event: WheelEvent) => {
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    const factor = Math.exp(-pixels * wheelStrength * (event.ctrlKey ? 4 : 1));
    const at = placeOf({ x: event.clientX, y: event.clientY });
    // Where nothing is left to zoom, the page scrolls; the browser's own zoom never answers a pinch here.
    if (change((view) => zoomed(view, factor, at, axes)) || event.ctrlKey) event.preventDefault();
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (pointers.size > 1) {
      isBrush = false;
      onBrush(undefined);
      return;
    }
    start = { x: event.clientX, y: event.clientY };
    isDragging = false;
    isBrush = options.isBrushing() || event.shiftKey;
    if (event.shiftKey) event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    const former = pointers.get(event.pointerId);
    if (!former || !start) return;
    const next = { x: event.clientX, y: event.clientY };
    if (!isDragging) {
      if (pointers.size === 1 && Math.hypot(next.x - start.x, next.y - start.y) < clickPixels) return;
      isDragging = true;
      element.setPointerCapture(event.pointerId);
    }
    pointers.set(event.pointerId, next);
    const { width, height } = plot();
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const spread = (place: { readonly x: number; readonly y: number }) =>
        Math.max(8, Math.hypot(place.x - other.x, place.y - other.y));
      const middle = placeOf({ x: (next.x + other.x) / 2, y: (next.y + other.y) / 2 });
      change((view) => zoomed(view, spread(next) / spread(former), middle, axes));
    } else if (isBrush) {
      drawBrush(next);
    } else {
      const by = { x: -(next.x - former.x) / width, y: (next.y - former.y) / height };
      change((view) => panned(view, by, axes));
    }
  };
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (isBrush && isDragging && start && event.type === "pointerup") {
      const [one, other] = [placeOf(start), placeOf({ x: event.clientX, y: event.clientY })];
      change((view) => brushed(view, one, other, axes));
    }
    onBrush(undefined);
    if (pointers.size === 0) {
      start = undefined;
      isDragging = false;
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = keyMove(event.key, axes);
    if (moved && change(moved)) event.preventDefault();
  };

  const { signal } = ending;
  element.addEventListener("wheel", wheel, { passive: false, signal });
  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", up, { signal });
  element.addEventListener("keydown", key, { signal });
  return () => ending.abort();
}
