import { ResponsiveBar, ResponsiveBarCanvas } from "@nivo/bar";
import { ChartLegend } from "./ChartLegend.tsx";
import { useChartTheme } from "./chart-theme.ts";
import "./chart.css";

export interface GroupedBarsProps {
  readonly title: string;
  /** One group per entry, one bar per series. */
  readonly groups: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly max?: number;
  readonly format: (value: number) => string;
}

/** Beyond it a canvas draws quicker than elements of the page. */
const maxDrawnAsElements = 1_000;
const barPixels = 12;
const longestName = 14;

/** Bars side by side, so that the same class of several models can be compared. */
export function GroupedBars({ title, groups, series, max, format }: GroupedBarsProps) {
  const { nivo, colours } = useChartTheme();
  const keys = series.map((_, index) => `s${index}`);
  const data = groups.map((group, row) => ({
    group,
    ...Object.fromEntries(series.map(({ values }, index) => [keys[index]!, values[row] ?? 0])),
  }));
  const height = groups.length * (series.length * barPixels + 12) + 40;
  const common = {
    data: data.reverse(),
    // Drawn from below: the first series then stands at the top of its group.
    keys: [...keys].reverse(),
    indexBy: "group",
    groupMode: "grouped" as const,
    layout: "horizontal" as const,
    theme: nivo,
    valueScale: { type: "linear" as const, min: 0, max: max ?? ("auto" as const) },
    colors: ({ id }: { readonly id: string | number }) => colours[keys.indexOf(String(id)) % colours.length]!,
    margin: { top: 4, right: 16, bottom: 28, left: 108 },
    padding: 0.2,
    enableLabel: false,
    enableGridX: true,
    enableGridY: false,
    axisLeft: { tickSize: 0, tickPadding: 8, format: shorten },
    axisBottom: { tickSize: 0, tickPadding: 6, tickValues: 5, format },
    tooltip: ({ id, value, indexValue }: { id: string | number; value: number; indexValue: string | number }) => (
      <div className="matrix-tooltip">
        {`${indexValue} · ${series[keys.indexOf(String(id))]?.name ?? ""}: ${format(value)}`}
      </div>
    ),
  };
  return (
    <>
      <ChartLegend names={series.map(({ name }) => name)} />
      <div
        className="chart-bars"
        role="img"
        aria-label={title}
        ref={(element) => {
          if (element) element.style.blockSize = `${height}px`;
        }}
      >
        {groups.length * series.length > maxDrawnAsElements ? (
          <ResponsiveBarCanvas {...common} />
        ) : (
          <ResponsiveBar {...common} animate={false} role="presentation" />
        )}
      </div>
    </>
  );
}

function shorten(name: unknown): string {
  const text = String(name);
  return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}
