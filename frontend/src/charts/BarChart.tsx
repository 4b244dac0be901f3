import { ResponsiveBar } from "@nivo/bar";
import { useChartTheme } from "./chart-theme.ts";
import "./chart.css";

export interface BarChartProps {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly format: (value: number) => string;
}

const barPixels = 30;
const longestName = 18;

/** Horizontal bars, so that long names stay readable on a phone. */
export function BarChart({ title, bars, format }: BarChartProps) {
  const { nivo, colours } = useChartTheme();
  return (
    <div className="chart-bars" role="img" aria-label={title} ref={(element) => setHeight(element, bars.length)}>
      <ResponsiveBar
        data={bars.map(({ name, value }) => ({ name, value })).reverse()}
        keys={["value"]}
        indexBy="name"
        layout="horizontal"
        theme={nivo}
        colors={[colours[0]!]}
        margin={{ top: 4, right: 64, bottom: 4, left: 96 }}
        padding={0.25}
        animate={false}
        enableGridX={false}
        enableGridY={false}
        axisLeft={{ tickSize: 0, tickPadding: 8, format: shorten }}
        axisBottom={null}
        enableLabel={false}
        role="presentation"
        enableTotals
        valueFormat={format}
        tooltipLabel={({ indexValue }) => String(indexValue)}
      />
    </div>
  );
}

function setHeight(element: HTMLDivElement | null, bars: number): void {
  if (element) element.style.blockSize = `${Math.max(3, bars) * barPixels + 12}px`;
}

function shorten(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}
