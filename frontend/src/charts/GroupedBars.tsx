import { Bar, BarCanvas } from "@nivo/bar";
import { visible } from "@systemhealer/contract/visible";
import { axisNames, ticksFor } from "./axis-names.ts";
import { BarSurface } from "./BarSurface.tsx";
import { useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { horizontalBars, nameAxis } from "./horizontal-bars.ts";
import { useRangeText } from "./use-range-text.ts";
import "./chart.css";

export interface GroupedBarsProps {
  readonly title: string;
  /** One group for each, one bar per series. */
  readonly groups: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly max: number;
  readonly format: (value: number) => string;
}

const barPixels = 12;
const groupGap = 12;
const mostGroupsAtFullHeight = 24;
const around = { top: 4, right: 16, bottom: 32 };

/** Bars side by side, so that a class can be compared between models. */
export function GroupedBars({ title, groups, series, max, format }: GroupedBarsProps) {
  const { nivo, colours } = useChartTheme();
  const rangeText = useRangeText();
  const isCanvas = useIsCanvas(groups.length * series.length);
  const keys = series.map((_, index) => `s${index}`);
  const items = groups.map((group, row) => ({
    group,
    ...Object.fromEntries(series.map(({ values }, index) => [keys[index]!, values[row] ?? 0])),
  }));
  const shownAtOnce = Math.min(mostGroupsAtFullHeight, groups.length);
  const height = shownAtOnce * (series.length * barPixels + groupGap) + around.top + around.bottom;
  return (
    <BarSurface
      title={title}
      names={groups}
      items={items}
      domain={[0, max]}
      around={around}
      height={height}
      format={format}
    >
      {(area) => {
        const ticks = ticksFor(area.width - area.margin.left - area.margin.right, 4);
        const common = {
          ...horizontalBars(area, { nivo, ticks, format }),
          data: [...area.shown],
          keys,
          indexBy: "group",
          groupMode: "grouped" as const,
          colors: ({ id }: { readonly id: string | number }) => colours[keys.indexOf(String(id)) % colours.length]!,
          padding: 0.25,
          axisLeft: nameAxis(axisNames(groups, area.width).shortName),
          tooltip: ({ id, value, indexValue }: { id: string | number; value: number; indexValue: string | number }) => (
            <div className="chart-tooltip" style={nivo.tooltip?.container}>
              {`${visible(String(indexValue))} · ${rangeText.of(series[keys.indexOf(String(id))]?.name ?? "", format(value))}`}
            </div>
          ),
        };
        return isCanvas ? <BarCanvas {...common} /> : <Bar {...common} animate={false} role="presentation" />;
      }}
    </BarSurface>
  );
}
