import { ParallelCoordinates, ParallelCoordinatesCanvas, type ParallelLayerContext } from "@nivo/parallel-coordinates";
import { useId, useMemo } from "react";
import { useIsCanvas } from "./chart-context.ts";
import { chartFont, useChartTheme } from "./chart-theme.ts";
import { type ParallelAxis, type ParallelLine, parallelAxes } from "./parallel-axes.ts";
import { shorten } from "./shorten.ts";
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
const margin = { top: 40, right: 64, bottom: 12, left: 48 };
const axisPixels = 88;
/** Between a name and the edge of the chart. */
const edgePixels = 2;
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
    const most = Math.floor((width - margin.left - margin.right) / leastAxisPixels) + 1;
    return names.slice(0, Math.max(fewestAxes, most));
  };
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
    <ZoomSurface title={title} axes="xy" margin={margin} height={height} range={range} part={part}>
      {({ width, height: drawn, view }) => {
        const inner = { width: width - margin.left - margin.right, height: drawn - margin.top - margin.bottom };
        const axes = parallelAxes(fitting(width), lines, view);
        const marks = axisMarks(axes, inner, format, gapLabel);
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

interface AxisMark {
  readonly x: number;
  readonly name: string;
  /** Names of neighbours stand in two rows where there is little room. */
  readonly row: number;
  /** The outer names end where the chart does. */
  readonly anchor: "start" | "middle" | "end";
  readonly nameX: number;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

function axisMarks(
  axes: readonly ParallelAxis[],
  { width, height }: { readonly width: number; readonly height: number },
  format: (place: number, axis: number) => string,
  gapLabel: string,
): AxisMark[] {
  const distance = axes.length > 1 ? width / (axes.length - 1) : width;
  const letters = Math.max(4, Math.floor(Math.min(2 * distance, 2 * axisPixels) / 7) - 1);
  const hasTicks = distance >= 44;
  return axes.map(({ name, index, min, max, gap, ticks }, position) => {
    const place = (value: number) => height * (1 - (value - min) / (max - min || 1));
    const marks = hasTicks ? distinct(ticks.map((value) => ({ y: place(value), text: format(value, index) }))) : [];
    if (gap >= min && ticks.every((tick) => tick > gap) && hasTicks) marks.push({ y: place(gap), text: gapLabel });
    return {
      x: axes.length > 1 ? position * distance : width / 2,
      name: shorten(letters)(name),
      row: position % 2,
      ...nameAt(position, axes.length, width),
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

function nameAt(position: number, axes: number, width: number): Pick<AxisMark, "anchor" | "nameX"> {
  if (axes > 1 && position === 0) return { anchor: "start", nameX: edgePixels - margin.left };
  if (axes > 1 && position === axes - 1) return { anchor: "end", nameX: width + margin.right - edgePixels };
  return { anchor: "middle", nameX: axes > 1 ? (position * width) / (axes - 1) : width / 2 };
}

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
  for (const { x, name, nameX, anchor, row, ticks } of marks) {
    context.strokeStyle = ink;
    context.globalAlpha = 0.6;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
    context.globalAlpha = 1;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.textBaseline = "alphabetic";
    context.fillStyle = ink;
    context.fillText(name, nameX, -8 - 14 * row);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.strokeStyle = ground;
    for (const { y, text } of ticks) {
      context.strokeText(text, x + 4, y);
      context.fillText(text, x + 4, y);
    }
    context.lineWidth = 1;
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
      {marks.map(({ x, name, nameX, anchor, row, ticks }) => (
        <g key={x} transform={`translate(${x},0)`}>
          <line y2={height} stroke={ink} opacity={0.6} />
          <text x={nameX - x} y={-8 - 14 * row} textAnchor={anchor}>
            {name}
          </text>
          {ticks.map(({ y, text }) => (
            <text key={y} x={4} y={y} dominantBaseline="central" stroke={ground} strokeWidth={4} paintOrder="stroke">
              {text}
            </text>
          ))}
        </g>
      ))}
    </g>
  );
}
