import type { ReactNode } from "react";
import { axisNames } from "./axis-names.ts";
import { useRangeText } from "./use-range-text.ts";
import { domainOf, itemsOf, type View } from "./view.ts";
import { type ChartArea, ZoomSurface } from "./ZoomSurface.tsx";

/** What bars are drawn on, and those of them that are in sight. */
export interface BarArea<Item> extends ChartArea {
  /** From the bottom to the top, as the axis of the view goes. */
  readonly shown: readonly Item[];
  /** What the axis below begins and ends with. */
  readonly min: number;
  readonly max: number;
}

export interface BarSurfaceProps<Item> {
  readonly title: string;
  /** What stands beside the bars. */
  readonly names: readonly string[];
  /** A bar or a group of bars for each; the first stands at the top. */
  readonly items: readonly Item[];
  /** Of all values. */
  readonly domain: readonly [number, number];
  /** Pixels; on the left as many as the names need, unless it is said. */
  readonly around: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left?: number;
  };
  readonly height: number;
  readonly format: (value: number) => string;
  readonly children: (area: BarArea<Item>) => ReactNode;
}

/** Where horizontal bars are drawn. Zoomed, both axes show a part, and it is said which. */
export function BarSurface<Item>({
  title,
  names,
  items,
  domain,
  around,
  height,
  format,
  children,
}: BarSurfaceProps<Item>) {
  const rangeText = useRangeText();
  const upwards = [...items].reverse();
  const inSight = ({ x, y }: View) => ({ shown: itemsOf(upwards, y), ends: domainOf(domain, x) });
  return (
    <ZoomSurface
      title={title}
      axes="xy"
      margin={(width) => ({ left: axisNames(names, width).pixels, ...around })}
      height={height}
      range={(view) => {
        const { shown, ends } = inSight(view);
        const [from, to] = ends;
        return rangeText.all([`${format(from)} – ${format(to)}`, rangeText.items(shown.length, items.length)]);
      }}
    >
      {(area) => {
        const { shown, ends } = inSight(area.view);
        return children({ ...area, shown, min: ends[0], max: ends[1] });
      }}
    </ZoomSurface>
  );
}
