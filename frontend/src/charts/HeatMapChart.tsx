import { HeatMap, HeatMapCanvas } from "@nivo/heatmap";
import { visible } from "@systemhealer/contract/visible";
import { axisNames } from "./axis-names.ts";
import { useIsCanvas } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { apart, groupedLines, groupMiddles, type HeatLine } from "./heat-lines.ts";
import { inkOn } from "./palette.ts";
import { shorten } from "./shorten.ts";
import { useRangeText } from "./use-range-text.ts";
import { itemsOf, type View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";

export interface HeatMapChartProps {
  readonly title: string;
  /** From top to bottom. */
  readonly lines: readonly HeatLine[];
  readonly columns: readonly string[];
  readonly colourOf: (value: number | null) => string;
  readonly format: (value: number | null) => string;
  /** Whether cells hold their figures where there is room. */
  readonly labelled?: boolean;
}

const linePixels = 28;
const mostHeight = 500;
const leastLinePixels = 7;
const leastLabelPixels = 40;
const labelledLinePixels = 13;
const around = { top: 4, right: 8 };
/** Below a wide chart the names of its columns may be longer. */
const widePixels = 640;
const [narrowLetters, wideLetters] = [14, 26];
/** That a letter of a slanted name takes of the height. */
const slantedPixels = 4.2;

interface Cell {
  readonly x: string;
  readonly y: number | null;
  readonly line: string;
}

/** Values by colour. Many lines are taken together to their means; zoomed in, they come apart. */
export function HeatMapChart({ title, lines, columns, colourOf, format, labelled = false }: HeatMapChartProps) {
  const { nivo, ground } = useChartTheme();
  const rangeText = useRangeText();
  const names = lines.map(({ label, group }) => group ?? label);
  const shortColumn = (width: number) => shorten(width < widePixels ? narrowLetters : wideLetters);
  const marginAt = (width: number) => {
    const letters = Math.max(...columns.map((name) => shortColumn(width)(name).length));
    return { ...around, left: axisNames(names, width).pixels, bottom: 16 + Math.ceil(letters * slantedPixels) };
  };
  const below = marginAt(widePixels).bottom;
  const height = Math.min(mostHeight, lines.length * linePixels + around.top + below);
  const mostLines = Math.floor((mostHeight - around.top - below) / leastLinePixels);
  const isCanvas = useIsCanvas(Math.min(lines.length, mostLines) * columns.length);
  // The first line stands at the top, where the axis of the view ends.
  const linesIn = (view: View) => itemsOf([...lines].reverse(), view.y).toReversed();
  const range = (view: View) => {
    const shownColumns = itemsOf(columns, view.x);
    const words = [rangeText.items(linesIn(view).length, lines.length)];
    if (shownColumns.length < columns.length) words.push(visible(`${shownColumns[0]} – ${shownColumns.at(-1)}`));
    return rangeText.all(words);
  };
  return (
    <ZoomSurface title={title} axes="xy" margin={marginAt} height={height} range={range}>
      {({ width, height: drawn, margin, view }) => {
        const { shortName } = axisNames(names, width);
        const shown = groupedLines(linesIn(view), mostLines);
        const shownColumns = itemsOf(columns, view.x);
        const first = columns.indexOf(shownColumns[0]!);
        const plot = drawn - margin.top - margin.bottom;
        const every = Math.max(1, Math.ceil((shown.length * labelledLinePixels) / plot));
        // Where lines are many, the groups are named instead.
        const byGroup = every > 1 && shown[0]?.group !== undefined;
        const named = byGroup
          ? apart(groupMiddles(shown), every)
          : shown.flatMap((_, index) => (index % every === 0 ? [index] : []));
        const keys = shown.map(({ label, group }, index) => `${index}\t${byGroup ? group : label}`);
        const labelOf = (key: unknown) => shortName(String(key).split("\t")[1]);
        const common = {
          width,
          height: drawn,
          data: shown.map(({ label, values }, index) => ({
            id: keys[index]!,
            data: shownColumns.map(
              (name, column): Cell => ({ x: name, y: values[first + column] ?? null, line: label }),
            ),
          })),
          theme: nivo,
          margin,
          xInnerPadding: 0.03,
          yInnerPadding: shown.length > 40 ? 0 : 0.04,
          colors: ({ value }: { readonly value: number | null }) => colourOf(value),
          emptyColor: colourOf(null),
          borderWidth: 0,
          borderColor: ground,
          axisTop: null,
          axisRight: null,
          axisBottom: {
            tickSize: 0,
            tickPadding: 6,
            tickRotation: -38,
            format: (name: string) => shortColumn(width)(name),
          },
          axisLeft: {
            tickSize: 0,
            tickPadding: 8,
            tickValues: named.map((index) => keys[index]!),
            format: labelOf,
          },
          enableLabels: labelled && !isCanvas && every === 1,
          label: ({ value, width: cell }: { readonly value: number | null; readonly width: number }) =>
            cell < leastLabelPixels ? "" : format(value),
          labelTextColor: ({ color }: { readonly color: string }) => inkOn(color),
          hoverTarget: "cell" as const,
          animate: false,
          tooltip: ({ cell: { data } }: { readonly cell: { readonly data: Cell } }) => (
            <div className="chart-tooltip">
              {visible(data.line)} · {visible(data.x)}: <strong>{format(data.y)}</strong>
            </div>
          ),
        };
        if (isCanvas) return <HeatMapCanvas<Cell, object> {...common} />;
        return <HeatMap<Cell, object> {...common} role="presentation" />;
      }}
    </ZoomSurface>
  );
}
