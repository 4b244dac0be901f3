import { Bar, type BarCustomLayerProps } from "@nivo/bar";
import { useIsNarrow } from "../lib/use-is-narrow.ts";
import { axisNames, ticksFor } from "./axis-names.ts";
import { BarSurface } from "./BarSurface.tsx";
import { chartFont, useChartTheme } from "./chart-theme.ts";
import { horizontalBars, nameAxis } from "./horizontal-bars.ts";
import { type ImportanceBar, importanceBars, isSure } from "./importance-bars.ts";
import { mix } from "./palette.ts";
import { shorten } from "./shorten.ts";
import "./chart.css";

type Datum = ImportanceBar & Record<string, string | number>;

export interface ImportanceBarsProps {
  readonly title: string;
  readonly importance: readonly ImportanceBar[];
  readonly most: number;
  readonly xLabel: string;
  readonly format: (value: number) => string;
  readonly describe: (bar: ImportanceBar) => string;
}

const barPixels = 26;
const around = { top: 4, right: 24, bottom: 48 };
/** In a narrow window each name has a line of its own above its bar. */
const narrow = { barPixels: 42, around: { ...around, left: 8 }, padding: 0.66, letterPixels: 5.9 };

/** One bar per KPI with its interval as a whisker; those that chance could have made are pale. */
export function ImportanceBars({ title, importance, most, xLabel, format, describe }: ImportanceBarsProps) {
  const { nivo, colours, ground } = useChartTheme();
  const bars = importanceBars(importance, most).map((bar): Datum => ({ ...bar }));
  const names = bars.map(({ name }) => name);
  const domain = [Math.min(0, ...bars.map(({ low }) => low)), Math.max(1e-9, ...bars.map(({ high }) => high))] as const;
  const isNarrow = useIsNarrow();
  const pixels = isNarrow ? narrow.barPixels : barPixels;
  const height = Math.max(3, bars.length) * pixels + around.top + around.bottom;
  return (
    <BarSurface
      title={title}
      names={names}
      items={bars}
      domain={domain}
      around={isNarrow ? narrow.around : around}
      height={height}
      format={format}
    >
      {(area) => {
        const ticks = ticksFor(area.width - area.margin.left - area.margin.right, 4);
        const common = horizontalBars(area, { nivo, ticks, format });
        return (
          <Bar<Datum>
            {...common}
            data={[...area.shown]}
            keys={["mean"]}
            indexBy="name"
            colors={({ data }) => (isSure(data as Datum) ? colours[0]! : mix(ground, colours[0]!, 0.4))}
            padding={isNarrow ? narrow.padding : 0.35}
            animate={false}
            axisLeft={isNarrow ? null : nameAxis(axisNames(names, area.width).shortName)}
            axisBottom={{ ...common.axisBottom, legend: xLabel, legendPosition: "middle", legendOffset: 36 }}
            role="presentation"
            tooltip={({ data }) => (
              <div className="chart-tooltip" style={nivo.tooltip?.container}>
                {describe(data)}
              </div>
            )}
            layers={["grid", "axes", "bars", Whiskers, ...(isNarrow ? [NamesAbove] : [])]}
          />
        );
      }}
    </BarSurface>
  );
}

function NamesAbove({ bars, innerWidth }: BarCustomLayerProps<Datum>) {
  const { ink } = useChartTheme();
  const shortName = shorten(Math.floor(innerWidth / narrow.letterPixels));
  return (
    <g fill={ink} fontSize={11} fontFamily={chartFont}>
      {bars.map(({ key, y, data: { indexValue } }) => (
        <text key={key} y={y - 4}>
          {shortName(indexValue)}
        </text>
      ))}
    </g>
  );
}

function Whiskers({ bars, xScale }: BarCustomLayerProps<Datum>) {
  const { ink } = useChartTheme();
  const at = xScale as (value: number) => number;
  return (
    <g stroke={ink} strokeWidth={1.5}>
      {bars.map(({ key, y: top, height, data: { data } }) => {
        const [y, low, high] = [top + height / 2, at(data.low), at(data.high)];
        return (
          <g key={key}>
            <line x1={low} x2={high} y1={y} y2={y} />
            <line x1={low} x2={low} y1={y - 4} y2={y + 4} />
            <line x1={high} x2={high} y1={y - 4} y2={y + 4} />
          </g>
        );
      })}
    </g>
  );
}
