import type { PartialTheme } from "@nivo/theming";
import { useMemo } from "react";
import { useIsDark } from "../lib/preferences.ts";

/** Hues of Okabe and Ito (2008), told apart by colour-blind eyes too; darkened for light ground, lightened for dark. */
const palettes = {
  light: ["#0072b2", "#b34700", "#007a5a", "#8a4f7d", "#7a6400", "#2f7fa6", "#5a5a5a"],
  dark: ["#56b4e9", "#e69f00", "#2fc498", "#dd9cc4", "#f0e442", "#9ad0f5", "#b0b0b0"],
} as const;

export interface ChartTheme {
  readonly nivo: PartialTheme;
  readonly colours: readonly string[];
}

export function useChartTheme(): ChartTheme {
  const isDark = useIsDark();
  return useMemo(() => {
    const text = isDark ? "#d1d5db" : "#414d5c";
    const grid = isDark ? "#2a3746" : "#e9ebed";
    const ground = isDark ? "#192534" : "#ffffff";
    return {
      colours: palettes[isDark ? "dark" : "light"],
      nivo: {
        background: "transparent",
        text: { fill: text, fontSize: 12, fontFamily: "inherit" },
        axis: { ticks: { text: { fill: text } }, legend: { text: { fill: text, fontSize: 12 } } },
        grid: { line: { stroke: grid } },
        legends: { text: { fill: text, fontSize: 12 } },
        crosshair: { line: { stroke: text } },
        tooltip: { container: { background: ground, color: text, border: `1px solid ${grid}` } },
      },
    };
  }, [isDark]);
}
