import { HeatMap, HeatMapCanvas } from "@nivo/heatmap";
import { visible } from "@systemhealer/contract/visible";
import { useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { type ConfusionCell, confusionLines } from "./confusion-cells.ts";
import { inkOn, mix } from "./palette.ts";
import { shorten } from "./shorten.ts";
import { spreadOut } from "./spread-out.ts";
import { useRangeText } from "./use-range-text.ts";
import { itemsOf, type View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";
import "./chart.css";

const cellPixels = 30;
const mostLinesAtFullHeight = 24;
const longestName = 18;
const shortName = shorten(longestName);
const letterPixels = 7;
/** Names up to this length stand upright below their columns. */
const longestUpright = 3;
const narrowestLabel = 26;
/** A name needs as many across its axis. */
const textPixels = 15;
/** A slanted one needs more. */
const slantedPixels = 22;

export interface ConfusionMatrixProps {
  readonly title: string;
  readonly classes: readonly string[];
  /** `confusion[actual][diagnosed]` */
  readonly confusion: readonly (readonly number[])[];
  /** Colour and figure of a cell are its share of the actual class, else its rows. */
  readonly byClass: boolean;
  readonly labels: { readonly actual: string; readonly diagnosed: string };
  readonly format: { readonly rows: (value: number) => string; readonly share: (value: number) => string };
  readonly describe: (cell: ConfusionCell) => string;
}

/** Right answers on the diagonal in one hue, confusions beside it in another; stronger is more. */
export function ConfusionMatrix(props: ConfusionMatrixProps) {
  const { title, classes, confusion, byClass, labels, format, describe } = props;
  const { nivo, palette, ground } = useChartTheme();
  const rangeText = useRangeText();
  const isCanvas = useIsCanvas(classes.length ** 2);
  const lines = confusionLines(classes, confusion, byClass);
  const [right, wrong] = palette.categories as [string, string];
  const bare = mix(ground, palette.empty, 0.35);
  const letters = Math.min(longestName, Math.max(...classes.map((known) => visible(known).length)));
  const isUpright = letters <= longestUpright;
  const name = letters * letterPixels;
  const margin = { top: 4, right: 8, bottom: 36 + (isUpright ? 10 : name * 0.75), left: 34 + name };
  const height = Math.min(mostLinesAtFullHeight, classes.length) * cellPixels + margin.top + margin.bottom;
  const inSight = ({ x, y }: View) => ({
    columns: new Set(itemsOf(classes, x)),
    // The view's axis goes upwards, the lines go downwards.
    rows: new Set(itemsOf([...classes].reverse(), y)),
  });
  const range = (view: View) => {
    const { columns, rows } = inSight(view);
    return rangeText.all([
      rangeText.of(labels.actual, rangeText.items(rows.size, classes.length)),
      rangeText.of(labels.diagnosed, rangeText.items(columns.size, classes.length)),
    ]);
  };
  const axis = { tickSize: 0, tickPadding: 6, format: shortName, legendPosition: "middle" as const };
  return (
    <ZoomSurface title={title} axes="xy" margin={margin} height={height} range={range}>
      {(area) => {
        const { columns, rows } = inSight(area.view);
        const namedRows = spreadOut([...rows], (area.height - margin.top - margin.bottom) / textPixels);
        const namedColumns = spreadOut(
          [...columns],
          (area.width - margin.left - margin.right) / (isUpright ? textPixels : slantedPixels),
        );
        const common = {
          width: area.width,
          height: area.height,
          data: lines
            .filter(({ id }) => rows.has(id))
            .map(({ id, data }) => ({ id, data: data.filter(({ x }) => columns.has(x)) })),
          theme: nivo,
          margin,
          xInnerPadding: 0.06,
          yInnerPadding: 0.06,
          colors: ({ data }: { readonly data: ConfusionCell }) =>
            data.rows === 0 ? bare : mix(ground, data.isRight ? right : wrong, 0.12 + 0.88 * data.y),
          axisTop: null,
          axisBottom: {
            ...axis,
            tickValues: namedColumns,
            tickRotation: isUpright ? 0 : -45,
            legend: labels.diagnosed,
            legendOffset: margin.bottom - 12,
          },
          axisLeft: { ...axis, tickValues: namedRows, legend: labels.actual, legendOffset: 14 - margin.left },
          label: ({ data, width }: { readonly data: ConfusionCell; readonly width: number }) =>
            data.rows === 0 || width < narrowestLabel
              ? ""
              : byClass
                ? format.share(data.share)
                : format.rows(data.rows),
          labelTextColor: ({ color }: { readonly color: string }) => inkOn(color),
          tooltip: ({ cell }: { readonly cell: { readonly data: ConfusionCell } }) => (
            <div className="chart-tooltip" style={nivo.tooltip?.container}>
              {describe(cell.data)}
            </div>
          ),
          hoverTarget: "cell" as const,
          animate: false,
        };
        return isCanvas ? (
          <HeatMapCanvas<ConfusionCell, object> {...common} />
        ) : (
          <HeatMap<ConfusionCell, object> {...common} role="presentation" />
        );
      }}
    </ZoomSurface>
  );
}
