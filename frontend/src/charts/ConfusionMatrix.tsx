import { ResponsiveHeatMap, ResponsiveHeatMapCanvas } from "@nivo/heatmap";
import { useChartTheme } from "./chart-theme.ts";
import { type ConfusionCell, confusionLines } from "./confusion-cells.ts";
import { inkOn, mix } from "./palette.ts";
import "./confusion-matrix.css";

/** Beyond it a canvas draws quicker than elements of the page. */
const maxDrawnAsElements = 1_000;
const cellPixels = 30;
const leastWidthPerClass = 20;
const longestName = 12;
const narrowestLabel = 26;

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
  const [right, wrong] = palette.categories as [string, string];
  const bare = mix(ground, palette.empty, 0.35);
  const axis = { tickSize: 0, tickPadding: 6, format: shorten };
  const common = {
    data: confusionLines(classes, confusion, byClass),
    theme: nivo,
    margin: { top: 4, right: 8, bottom: 92, left: 108 },
    xInnerPadding: 0.06,
    yInnerPadding: 0.06,
    colors: ({ data }: { readonly data: ConfusionCell }) =>
      data.rows === 0 ? bare : mix(ground, data.isRight ? right : wrong, 0.12 + 0.88 * data.y),
    axisTop: null,
    axisBottom: {
      ...axis,
      tickRotation: -45,
      legend: labels.diagnosed,
      legendPosition: "middle" as const,
      legendOffset: 82,
    },
    axisLeft: { ...axis, legend: labels.actual, legendPosition: "middle" as const, legendOffset: -98 },
    label: ({ data, width }: { readonly data: ConfusionCell; readonly width: number }) =>
      data.rows === 0 || width < narrowestLabel ? "" : byClass ? format.share(data.share) : format.rows(data.rows),
    labelTextColor: ({ color }: { readonly color: string }) => inkOn(color),
    tooltip: ({ cell }: { readonly cell: { readonly data: ConfusionCell } }) => (
      <div className="matrix-tooltip">{describe(cell.data)}</div>
    ),
    hoverTarget: "cell" as const,
    animate: false,
  };
  const isLarge = classes.length ** 2 > maxDrawnAsElements;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className="matrix-scroll" aria-label={title} tabIndex={0}>
      <div role="img" aria-label={title} ref={(element) => setSize(element, classes.length)}>
        {isLarge ? (
          <ResponsiveHeatMapCanvas<ConfusionCell, object> {...common} />
        ) : (
          <ResponsiveHeatMap<ConfusionCell, object> {...common} role="presentation" />
        )}
      </div>
    </section>
  );
}

function setSize(element: HTMLDivElement | null, classes: number): void {
  if (!element) return;
  element.style.blockSize = `${classes * cellPixels + 100}px`;
  element.style.minInlineSize = `${classes * leastWidthPerClass + 116}px`;
}

function shorten(name: unknown): string {
  const text = String(name);
  return text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text;
}
