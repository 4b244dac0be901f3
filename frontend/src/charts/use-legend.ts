import { useChartTheme } from "./chart-theme.ts";
import type { LegendItem } from "./compose-svg.ts";

/** The legend of a chart that gives its colours by place, as `CurveCompare` and `GroupedBars` do. */
export function useLegend(names: readonly string[]): LegendItem[] {
  const { colours } = useChartTheme();
  return names.map((label, index) => ({ label, colour: colours[index % colours.length]! }));
}
