import { Line, LineCanvas, type LineCanvasProps, type LineSvgProps } from "@nivo/line";
import { visible } from "@systemhealer/contract/visible";
import { useChartState, useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { pointCount, type Series } from "./curve-series.ts";
import { extentOf } from "./extent.ts";
import { useRangeText } from "./use-range-text.ts";
import { domainOf, type View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";
import "./chart.css";

type LineSeries = { readonly id: string; readonly data: readonly { readonly x: number; readonly y: number }[] };

export interface LineChartProps {
  readonly title: string;
  readonly xLabel: string;
  /** Left out where the title says it. */
  readonly yLabel?: string;
  readonly series: readonly Series[];
  readonly min?: number | "auto";
  readonly max?: number | "auto";
  /** Where the legend stands elsewhere, it is left out here. */
  readonly hasLegend?: boolean;
  /** Of the common axis, whose values are all above 0 then. */
  readonly isLogarithmic?: boolean;
  readonly xFormat?: (value: number) => string;
}

const height = 280;
const pixelsPerTick = 80;

/** Lines over a common axis; zoomed along it, the other one fits what is in sight. */
export function LineChart(props: LineChartProps) {
  const { title, xLabel, yLabel, series, min = "auto", max = "auto" } = props;
  const { hasLegend = true, isLogarithmic = false, xFormat } = props;
  const { nivo, colours } = useChartTheme();
  const rangeText = useRangeText();
  const { canZoom } = useChartState();
  const isCanvas = useIsCanvas(pointCount(series));
  const margin = { top: 12, right: 30, bottom: hasLegend ? 78 : 48, left: yLabel ? 58 : 48 };
  // A logarithmic axis is drawn as a linear one of logarithms.
  const place = isLogarithmic ? Math.log10 : (x: number) => x;
  const valueAt = isLogarithmic ? (at: number) => 10 ** at : (at: number) => at;
  const placed = series.map(({ id, data }) => ({
    id: visible(id),
    data: data.map(({ x, y }) => ({ x: place(x), y })),
  }));
  const extent = extentOf(placed.flatMap(({ data }) => data.map(({ x }) => x)));
  const range = (view: View) => {
    const [from, to] = domainOf(extent, view.x);
    return rangeText.axis(xLabel, [valueAt(from), valueAt(to)]);
  };
  return (
    <ZoomSurface title={title} axes="x" margin={margin} height={height} range={range}>
      {(area) => {
        const [from, to] = domainOf(extent, area.view.x);
        const isWhole = !canZoom || (area.view.x.from === 0 && area.view.x.to === 1);
        const common: LineSvgProps<LineSeries> & LineCanvasProps<LineSeries> = {
          width: area.width,
          height: area.height,
          data: placed.map(({ id, data }) => ({
            id,
            data: isWhole ? data : data.filter(({ x }) => x >= from && x <= to),
          })),
          theme: nivo,
          colors: [...colours],
          margin,
          xScale: isWhole ? { type: "linear", min: "auto", max: "auto" } : { type: "linear", min: from, max: to },
          yScale: isWhole
            ? { type: "linear", min, max, nice: true }
            : { type: "linear", min: "auto", max: "auto", nice: true },
          axisBottom: {
            legend: xLabel,
            legendOffset: 34,
            legendPosition: "middle",
            tickSize: 0,
            tickPadding: 8,
            tickValues: Math.max(2, Math.min(6, Math.floor(area.width / pixelsPerTick))),
            ...((xFormat || isLogarithmic) && { format: (at: number) => (xFormat ?? String)(valueAt(at)) }),
          },
          ...(xFormat && { xFormat: (at: number | string | Date) => xFormat(valueAt(Number(at))) }),
          axisLeft: {
            tickSize: 0,
            tickPadding: 8,
            tickValues: 5,
            ...(yLabel && { legend: yLabel, legendOffset: -46, legendPosition: "middle" as const }),
          },
          gridXValues: [] as number[],
          gridYValues: 5,
          lineWidth: 2,
          enablePoints: false,
          legends: hasLegend
            ? [
                {
                  anchor: "bottom-left",
                  direction: "row",
                  translateY: 74,
                  itemWidth: 130,
                  itemHeight: 18,
                  symbolSize: 10,
                },
              ]
            : [],
        };
        return isCanvas ? (
          <LineCanvas<LineSeries> {...common} />
        ) : (
          <Line<LineSeries> {...common} animate={false} useMesh role="presentation" />
        );
      }}
    </ZoomSurface>
  );
}
