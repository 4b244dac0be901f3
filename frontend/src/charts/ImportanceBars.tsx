import { type BarCustomLayerProps, ResponsiveBar } from "@nivo/bar";
import { useChartTheme } from "./chart-theme.ts";
import { type ImportanceBar, importanceBars, isSure } from "./importance-bars.ts";
import "./chart.css";

type Bar = ImportanceBar & Record<string, string | number>;

export interface ImportanceBarsProps {
  readonly title: string;
  readonly importance: readonly ImportanceBar[];
  readonly most: number;
  readonly xLabel: string;
  readonly format: (value: number) => string;
  readonly describe: (bar: ImportanceBar) => string;
}

const barPixels = 26;
const longestName = 22;

/** One bar per KPI with its interval as a whisker; those that chance could have made are pale. */
export function ImportanceBars({ title, importance, most, xLabel, format, describe }: ImportanceBarsProps) {
  const { nivo, colours } = useChartTheme();
  const bars = importanceBars(importance, most)
    .map((bar): Bar => ({ ...bar }))
    .reverse();
  const low = Math.min(0, ...bars.map((bar) => bar.low));
  const high = Math.max(0, ...bars.map((bar) => bar.high));
  return (
    <div className="chart-bars" role="img" aria-label={title} ref={(element) => setHeight(element, bars.length)}>
      <ResponsiveBar<Bar>
        data={bars}
        keys={["mean"]}
        indexBy="name"
        layout="horizontal"
        theme={nivo}
        valueScale={{ type: "linear", min: low, max: high * 1.05 || 1 }}
        colors={({ data }) => `${colours[0]!}${isSure(data as Bar) ? "" : "66"}`}
        margin={{ top: 4, right: 16, bottom: 44, left: 148 }}
        padding={0.35}
        animate={false}
        enableGridX
        enableGridY={false}
        axisLeft={{ tickSize: 0, tickPadding: 8, format: shorten }}
        axisBottom={{
          tickSize: 0,
          tickPadding: 6,
          tickValues: 4,
          format,
          legend: xLabel,
          legendPosition: "middle",
          legendOffset: 34,
        }}
        enableLabel={false}
        role="presentation"
        tooltip={({ data }) => <div className="matrix-tooltip">{describe(data)}</div>}
        layers={["grid", "axes", "bars", Whiskers]}
      />
    </div>
  );
}

function Whiskers({ bars, xScale }: BarCustomLayerProps<Bar>) {
  const { nivo } = useChartTheme();
  const at = xScale as (value: number) => number;
  return (
    <g stroke={nivo.crosshair?.line?.stroke} strokeWidth={1.5}>
      {bars.map((bar) => {
        const { low, high } = bar.data.data;
        const y = bar.y + bar.height / 2;
        return (
          <g key={bar.key}>
            <line x1={at(low)} x2={at(high)} y1={y} y2={y} />
            <line x1={at(low)} x2={at(low)} y1={y - 4} y2={y + 4} />
            <line x1={at(high)} x2={at(high)} y1={y - 4} y2={y + 4} />
          </g>
        );
      })}
    </g>
  );
}

function setHeight(element: HTMLDivElement | null, bars: number): void {
  if (element) element.style.blockSize = `${Math.max(3, bars) * barPixels + 52}px`;
}

function shorten(name: unknown): string {
  const text = String(name);
  return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}
