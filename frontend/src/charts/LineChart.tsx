import { type LineCanvasProps, type LineSvgProps, ResponsiveLine, ResponsiveLineCanvas } from "@nivo/line";
import { useChartTheme } from "./chart-theme.ts";
import { pointCount, type Series } from "./curve-series.ts";
import "./chart.css";

/** Beyond it a canvas draws quicker than elements of the page. */
const maxDrawnAsElements = 1_000;

type LineSeries = { readonly id: string; readonly data: readonly { readonly x: number; readonly y: number }[] };

export interface LineChartProps {
  readonly title: string;
  readonly xLabel: string;
  readonly series: readonly Series[];
  readonly min?: number | "auto";
  readonly max?: number | "auto";
  /** Where the legend stands elsewhere, it is left out here. */
  readonly hasLegend?: boolean;
}

export function LineChart({ title, xLabel, series, min = "auto", max = "auto", hasLegend = true }: LineChartProps) {
  const { nivo, colours } = useChartTheme();
  const common: Omit<LineSvgProps<LineSeries> & LineCanvasProps<LineSeries>, "height" | "width"> = {
    data: series.map(({ id, data }) => ({ id, data: [...data] })),
    theme: nivo,
    colors: [...colours],
    margin: { top: 12, right: 16, bottom: hasLegend ? 78 : 48, left: 52 },
    xScale: { type: "linear", min: "auto", max: "auto" },
    yScale: { type: "linear", min, max, nice: true },
    axisBottom: {
      legend: xLabel,
      legendOffset: 34,
      legendPosition: "middle",
      tickSize: 0,
      tickPadding: 8,
      tickValues: 6,
    },
    axisLeft: { tickSize: 0, tickPadding: 8, tickValues: 5 },
    gridXValues: [] as number[],
    gridYValues: 5,
    lineWidth: 2,
    enablePoints: false,
    legends: hasLegend
      ? [{ anchor: "bottom-left", direction: "row", translateY: 74, itemWidth: 130, itemHeight: 18, symbolSize: 10 }]
      : [],
  };
  return (
    <div className="chart" role="img" aria-label={title}>
      {pointCount(series) > maxDrawnAsElements ? (
        <ResponsiveLineCanvas {...common} />
      ) : (
        <ResponsiveLine {...common} animate={false} useMesh role="presentation" />
      )}
    </div>
  );
}
