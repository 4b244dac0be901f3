import type { PartialTheme } from "@nivo/theming";
import { useMemo } from "react";
import { useIsDark } from "../lib/preferences.ts";
import type { Palette } from "./palette.ts";
import { usePalette } from "./use-palette.ts";

export interface ChartTheme {
  readonly nivo: PartialTheme;
  readonly colours: readonly string[];
  readonly palette: Palette;
  /** Of texts. */
  readonly ink: string;
  readonly ground: string;
  readonly grid: string;
}

/** A canvas does not know what `inherit` is. */
export const chartFont = '"Open Sans", "Helvetica Neue", "PingFang SC", "Microsoft YaHei", Arial, sans-serif';

export function useChartTheme(): ChartTheme {
  const isDark = useIsDark();
  const palette = usePalette();
  return useMemo(() => {
    const ink = isDark ? "#d1d5db" : "#414d5c";
    const grid = isDark ? "#2a3746" : "#e9ebed";
    const ground = isDark ? "#161d26" : "#ffffff";
    const text = { fill: ink, fontSize: 12, fontFamily: chartFont };
    return {
      palette,
      ink,
      ground,
      grid,
      colours: palette.categories,
      nivo: {
        background: "transparent",
        text,
        axis: { ticks: { text, line: { stroke: grid } }, legend: { text }, domain: { line: { stroke: grid } } },
        grid: { line: { stroke: grid } },
        labels: { text },
        legends: { text },
        crosshair: { line: { stroke: ink } },
        tooltip: { container: { background: ground, color: ink, border: `1px solid ${grid}`, fontSize: 13 } },
      },
    };
  }, [isDark, palette]);
}
