import type { BarArea } from "./BarSurface.tsx";
import type { useChartTheme } from "./chart-theme.ts";

export interface HorizontalBarsOptions {
  readonly nivo: ReturnType<typeof useChartTheme>["nivo"];
  /** Figures on the axis below, about. */
  readonly ticks: number;
  readonly format: (value: number) => string;
}

/** What every chart of horizontal bars on a `BarSurface` has in common. */
export function horizontalBars(
  { width, height, margin, min, max }: BarArea<unknown>,
  { nivo, ticks, format }: HorizontalBarsOptions,
) {
  return {
    width,
    height,
    margin,
    theme: nivo,
    layout: "horizontal" as const,
    valueScale: { type: "linear" as const, min, max, clamp: true },
    enableLabel: false,
    enableGridX: true,
    enableGridY: false,
    gridXValues: ticks,
    axisBottom: { tickSize: 0, tickPadding: 6, tickValues: ticks, format },
  };
}

/** The axis of the names beside the bars. */
export const nameAxis = (shortName: (name: unknown) => string) => ({ tickSize: 0, tickPadding: 8, format: shortName });
