import { ScatterPlot, ScatterPlotCanvas } from "@nivo/scatterplot";
import { visible } from "@systemhealer/contract/visible";
import { type ReactNode, useMemo } from "react";
import { useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { extentOf } from "./extent.ts";
import { useRangeText } from "./use-range-text.ts";
import { domainOf, type View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Tells the points apart. */
  readonly key: number;
}

export interface ScatterChartProps {
  readonly title: string;
  readonly groups: readonly {
    readonly name: string;
    readonly colour: string;
    readonly points: readonly ScatterPoint[];
  }[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly format: (value: number) => string;
  readonly describe: (key: number) => ReactNode;
  readonly onPoint?: (key: number) => void;
}

const height = 420;
const margin = { top: 12, right: 16, bottom: 48, left: 68 };
const pointPixels = 7;

/** Points in two dimensions; zoomed, both axes show a part. */
export function ScatterChart({ title, groups, xLabel, yLabel, format, describe, onPoint }: ScatterChartProps) {
  const { nivo } = useChartTheme();
  const rangeText = useRangeText();
  const isCanvas = useIsCanvas(groups.reduce((sum, { points }) => sum + points.length, 0));
  const extents = useMemo(() => {
    const all = groups.flatMap(({ points }) => points);
    return { x: extentOf(all.map(({ x }) => x)), y: extentOf(all.map(({ y }) => y)) };
  }, [groups]);
  const domains = (view: View) => ({ x: domainOf(extents.x, view.x), y: domainOf(extents.y, view.y) });
  const range = (view: View) => {
    const { x, y } = domains(view);
    return rangeText.all([rangeText.axis(xLabel, x), rangeText.axis(yLabel, y)]);
  };
  const axis = { tickSize: 0, tickPadding: 8, tickValues: 5, legendPosition: "middle" as const, format };
  return (
    <ZoomSurface title={title} axes="xy" margin={margin} height={height} range={range}>
      {({ width, height: drawn, view }) => {
        const { x, y } = domains(view);
        const isIn = (point: ScatterPoint) => point.x >= x[0] && point.x <= x[1] && point.y >= y[0] && point.y <= y[1];
        const common = {
          width,
          height: drawn,
          data: groups.map(({ name, points }) => ({ id: name, data: points.filter(isIn) })),
          colors: groups.map(({ colour }) => colour),
          theme: nivo,
          margin,
          xScale: { type: "linear" as const, min: x[0], max: x[1] },
          yScale: { type: "linear" as const, min: y[0], max: y[1] },
          axisBottom: { ...axis, legend: visible(xLabel), legendOffset: 38 },
          axisLeft: { ...axis, legend: visible(yLabel), legendOffset: -56 },
          axisTop: null,
          axisRight: null,
          gridXValues: 5,
          gridYValues: 5,
          nodeSize: pointPixels,
          useMesh: true,
          tooltip: ({ node }: { readonly node: { readonly data: ScatterPoint } }) => <>{describe(node.data.key)}</>,
          onClick: ({ data }: { readonly data: ScatterPoint }) => onPoint?.(data.key),
        };
        if (isCanvas) return <ScatterPlotCanvas<ScatterPoint> {...common} />;
        return <ScatterPlot<ScatterPoint> {...common} animate={false} blendMode="normal" role="presentation" />;
      }}
    </ZoomSurface>
  );
}
