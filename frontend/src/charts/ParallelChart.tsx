import { ParallelCoordinates, ParallelCoordinatesCanvas, type ParallelLayerContext } from "@nivo/parallel-coordinates";
import { useId, useMemo } from "react";
import { useIsCanvas } from "./chart-context.ts";
import { chartFont, useChartTheme } from "./chart-theme.ts";
import { type ParallelAxis, type ParallelLine, parallelAxes } from "./parallel-axes.ts";
import { type NameAbove, namesAbove, placeOf, rowsOf } from "./parallel-names.ts";
import { useRangeText } from "./use-range-text.ts";
import type { View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";

export interface ParallelChartProps {
  readonly title: string;
  /** Names of the axes, from left to right. */
  readonly axes: readonly string[];
  readonly lines: readonly ParallelLine[];
  readonly colourOf: (group: string) => string;
  /** What a place on an axis is, in words. */
  readonly format: (place: number, axis: number) => string;
  /** What stands at the end of an axis where gaps lie. */
  readonly gapLabel: string;
}

const height = 420;
const around = { right: 64, bottom: 12, left: 48 };
/** Between an axis and its name, and from a row of names to the next. */
const namePixels = 8;
const rowPixels = 14;
/** Closer together, axes can be told apart no more. */
const leastAxisPixels = 48;
const fewestAxes = 3;

/** Each row is a line over the KPIs; zoomed, fewer axes and a part of each are in sight. */
export function ParallelChart({ title, axes: names, lines, colourOf, format, gapLabel }: ParallelChartProps) {
  const { nivo, ink, ground } = useChartTheme();
  const rangeText = useRangeText();
  const clip = useId();
  const isCanvas = useIsCanvas(lines.length);
  const groups = useMemo(() => [...new Set(lines.map(({ group }) => group))].map((id) => ({ id, label: id })), [lines]);
  // The KPIs that matter most come first; what a narrow window has no room for is in the table.
  const fitting = (width: number) => {
    const most = Math.floor(plotOf(width).width / leastAxisPixels) + 1;
    return names.slice(0, Math.max(fewestAxes, most));
  };
  const rows = (width: number) => rowsOf(fitting(width), plotOf(width));
  const marginOf = (width: number) => ({ top: namePixels + rowPixels * rows(width) + 4, ...around });
  const part = (width: number) => {
    const shown = fitting(width).length;
    return shown < names.length ? rangeText.items(shown, names.length) : undefined;
  };
  const range = (view: View, width: number) => {
    const axes = parallelAxes(fitting(width), lines, view);
    return rangeText.all(
      axes.map(({ name, index, min, max }) => rangeText.words(name, format(min, index), format(max, index))),
    );
  };
  return (
    <ZoomSurface title={title} axes="xy" margin={marginOf} height={height} range={range} part={part}>
      {({ width, height: drawn, margin, view }) => {
        const inner = { width: plotOf(width).width, height: drawn - margin.top - margin.bottom };
        const axes = parallelAxes(fitting(width), lines, view);
        const above = namesAbove(
          axes.map(({ name }) => name),
          plotOf(width),
          rows(width),
        );
        const marks = axisMarks(axes, above, inner, format, gapLabel);
        const common = {
          width,
          height: drawn,
          margin,
          data: lines.map(({ key, group, values }) => ({
            id: String(key),
            group,
            ...Object.fromEntries(axes.map(({ index, gap }) => [`v${index}`, values[index] ?? gap])),
          })),
          variables: axes.map(({ index, min, max }) => ({ id: `v${index}`, value: `v${index}`, min, max })),
          groupBy: "group" as const,
          groups,
          colors: ({ id }: { readonly id: string }) => colourOf(id),
          theme: nivo,
          lineWidth: 1.2,
          lineOpacity: lines.length > 500 ? 0.2 : lines.length > 20 ? 0.5 : 1,
          animate: false,
          isInteractive: false,
          role: "presentation",
        };
        if (isCanvas) {
          const begin = (context: CanvasRenderingContext2D) => {
            context.save();
            context.beginPath();
            context.rect(-2, 0, inner.width + 4, inner.height);
            context.clip();
          };
          const end = (context: CanvasRenderingContext2D) => {
            context.restore();
            drawMarks(context, marks, inner.height, { ink, ground });
          };
          return <ParallelCoordinatesCanvas {...common} layers={[begin, "lines", end]} />;
        }
        const Lines = ({ computedData, lineGenerator }: ParallelLayerContext) => (
          <g clipPath={`url(#${clip})`}>
            <clipPath id={clip}>
              <rect x={-2} width={inner.width + 4} height={inner.height} />
            </clipPath>
            {computedData.map(({ id, color, points }) => (
              <path
                key={id}
                d={lineGenerator(points) ?? ""}
                fill="none"
                stroke={color}
                strokeWidth={common.lineWidth}
                opacity={common.lineOpacity}
              />
            ))}
          </g>
        );
        const Marks = () => <AxisMarks marks={marks} height={inner.height} ink={ink} ground={ground} />;
        return <ParallelCoordinates {...common} layers={[Lines, Marks]} />;
      }}
    </ZoomSurface>
  );
}

const plotOf = (width: number) => ({ ...around, width: width - around.left - around.right });

interface AxisMark {
  readonly x: number;
  readonly above: NameAbove;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

function axisMarks(
  axes: readonly ParallelAxis[],
  names: readonly NameAbove[],
  { width, height }: { readonly width: number; readonly height: number },
  format: (place: number, axis: number) => string,
  gapLabel: string,
): AxisMark[] {
  const distance = axes.length > 1 ? width / (axes.length - 1) : width;
  const hasTicks = distance >= 44;
  return axes.map(({ index, min, max, gap, ticks }, position) => {
    const place = (value: number) => height * (1 - (value - min) / (max - min || 1));
    const marks = hasTicks ? distinct(ticks.map((value) => ({ y: place(value), text: format(value, index) }))) : [];
    if (gap >= min && ticks.every((tick) => tick > gap) && hasTicks) marks.push({ y: place(gap), text: gapLabel });
    return {
      x: placeOf(position, axes.length, width),
      above: names[position]!,
      ticks: marks,
    };
  });
}

/** Of neighbours that say the same the middle one. */
function distinct(ticks: AxisMark["ticks"]): AxisMark["ticks"][number][] {
  const runs: AxisMark["ticks"][number][][] = [];
  for (const tick of ticks) {
    const run = runs.at(-1);
    if (run?.[0]?.text === tick.text) run.push(tick);
    else runs.push([tick]);
  }
  return runs.map((run) => run[Math.floor(run.length / 2)]!);
}

const baseOf = ({ row }: NameAbove): number => -namePixels - rowPixels * row;

/** An axis reaches up to its name where that stands above those of others. */
const topOf = (above: NameAbove): number => (above.row > 0 ? baseOf(above) + 3 : 0);

interface MarkColours {
  readonly ink: string;
  readonly ground: string;
}

function drawMarks(
  context: CanvasRenderingContext2D,
  marks: readonly AxisMark[],
  height: number,
  { ink, ground }: MarkColours,
): void {
  context.save();
  context.font = `11px ${chartFont}`;
  for (const { x, above } of marks) {
    context.strokeStyle = ink;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.moveTo(x, topOf(above));
    context.lineTo(x, height);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.lineWidth = 4;
  context.strokeStyle = ground;
  const write = (text: string, left: number, y: number) => {
    context.strokeText(text, left, y);
    context.fillText(text, left, y);
  };
  for (const { x, above, ticks } of marks) {
    context.textAlign = above.anchor === "middle" ? "center" : above.anchor;
    context.textBaseline = "alphabetic";
    write(above.name, above.x, baseOf(above));
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { y, text } of ticks) write(text, x + 4, y);
  }
  context.restore();
}

function AxisMarks({
  marks,
  height,
  ink,
  ground,
}: MarkColours & { readonly marks: readonly AxisMark[]; readonly height: number }) {
  return (
    <g fontSize={11} fontFamily={chartFont} fill={ink}>
      {marks.map(({ x, above }) => (
        <line key={x} x1={x} x2={x} y1={topOf(above)} y2={height} stroke={ink} opacity={0.6} />
      ))}
      <g stroke={ground} strokeWidth={4} paintOrder="stroke">
        {marks.map(({ x, above, ticks }) => (
          <g key={x}>
            <text x={above.x} y={baseOf(above)} textAnchor={above.anchor}>
              {above.name}
            </text>
            {ticks.map(({ y, text }) => (
              <text key={y} x={x + 4} y={y} dominantBaseline="central">
                {text}
              </text>
            ))}
          </g>
        ))}
      </g>
    </g>
  );
}
