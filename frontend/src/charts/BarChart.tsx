import { Bar, BarCanvas } from "@nivo/bar";
import { visible } from "@systemhealer/contract/visible";
import { axisNames, figureTicks } from "./axis-names.ts";
import { BarSurface } from "./BarSurface.tsx";
import { useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { horizontalBars, nameAxis } from "./horizontal-bars.ts";
import { spreadOut } from "./spread-out.ts";

export interface BarChartProps {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly format: (value: number) => string;
  /** One colour for all where it is left out. */
  readonly colourOf?: (name: string) => string;
}

const barPixels = 30;
const mostBarsAtFullHeight = 24;
/** A name or a figure needs as many. */
const textPixels = 15;
const around = { top: 4, right: 64, bottom: 28 };

/** Horizontal bars, so that long names stay readable on a phone. Zoomed, both axes show a part. */
export function BarChart({ title, bars, format, colourOf }: BarChartProps) {
  const { nivo, colours } = useChartTheme();
  const isCanvas = useIsCanvas(bars.length);
  const height = Math.min(mostBarsAtFullHeight, Math.max(3, bars.length)) * barPixels + around.top + around.bottom;
  const names = bars.map(({ name }) => name);
  const highest = Math.max(1e-12, ...bars.map(({ value }) => value));
  return (
    <BarSurface
      title={title}
      names={names}
      items={bars}
      domain={[0, highest]}
      around={around}
      height={height}
      format={format}
    >
      {(area) => {
        const { width, height: drawn, margin, shown, min, max } = area;
        const ticks = figureTicks(width - margin.left - margin.right, [min, max], format, 4);
        const named = spreadOut(
          shown.map(({ name }) => name),
          (drawn - around.top - around.bottom) / textPixels,
        );
        const common = {
          ...horizontalBars(area, { nivo, ticks, format }),
          data: shown.map(({ name, value }) => ({ name, value })),
          keys: ["value"],
          indexBy: "name",
          colors: ({ indexValue }: { readonly indexValue: string | number }) =>
            colourOf?.(String(indexValue)) ?? colours[0]!,
          padding: 0.25,
          axisLeft: { ...nameAxis(axisNames(names, width).shortName), tickValues: named },
          valueFormat: format,
          tooltipLabel: ({ indexValue }: { readonly indexValue: string | number }) => visible(String(indexValue)),
        };
        const hasTotals = min === 0 && named.length === shown.length;
        if (isCanvas) return <BarCanvas {...common} enableTotals={hasTotals} />;
        return <Bar {...common} enableTotals={hasTotals} animate={false} role="presentation" />;
      }}
    </BarSurface>
  );
}
