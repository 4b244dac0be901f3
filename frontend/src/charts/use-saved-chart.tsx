import { type ReactNode, type RefObject, useCallback, useState } from "react";
import { ChartContext, type ChartState } from "./chart-context.ts";
import { chartFont, useChartTheme } from "./chart-theme.ts";
import { composeSvg, type LegendItem, withoutControls } from "./compose-svg.ts";
import { fileNameOf, savePng, saveSvg } from "./save-chart.ts";

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly onDrawn: (host: HTMLElement) => void;
}

export interface SavedChartOptions {
  readonly title: string;
  readonly note: string | undefined;
  readonly legend: readonly LegendItem[];
  readonly state: ChartState;
}

export interface SavedChart {
  /** The chart as it is drawn to be saved; nothing in between. */
  readonly drawing: ReactNode;
  /** @throws Error where the chart cannot be drawn as SVG */
  save(format: "png" | "svg"): Promise<void>;
}

/** Charts draw themselves within a frame or two. */
const framesUntilDrawn = 4;

/** Draws a chart once more, out of sight and as SVG, to save it as it is zoomed at present. @param frame around it */
export function useSavedChart(
  frame: RefObject<HTMLElement | null>,
  { title, note, legend, state }: SavedChartOptions,
  chart: ReactNode,
): SavedChart {
  const { ink, ground } = useChartTheme();
  const [drawing, setDrawing] = useState<Drawing>();
  const host = useCallback(
    (element: HTMLDivElement | null) => {
      if (element && drawing) void frames(framesUntilDrawn).then(() => drawing.onDrawn(element));
    },
    [drawing],
  );
  const save = async (format: "png" | "svg") => {
    const surface = frame.current?.querySelector<HTMLElement>(".chart-surface, [role=img]");
    const size = { width: surface?.clientWidth ?? 0, height: surface?.clientHeight ?? 0 };
    if (size.width === 0) throw new Error("no chart");
    let text: string;
    try {
      const drawn = await new Promise<HTMLElement>((onDrawn) => setDrawing({ ...size, onDrawn }));
      text = composeSvg(chartText(drawn), size, { title, note, legend, ink, ground, font: chartFont });
    } finally {
      setDrawing(undefined);
    }
    if (format === "svg") saveSvg(fileNameOf(title), text);
    else await savePng(fileNameOf(title), text);
  };
  const { width, height } = drawing ?? {};
  return {
    save,
    drawing: drawing && (
      <div ref={host} className="chart-vector" aria-hidden="true" inert style={{ width, height }}>
        <ChartContext value={{ ...state, canZoom: false, vector: drawing }}>{chart}</ChartContext>
      </div>
    ),
  };
}

function chartText(host: HTMLElement): string {
  const svg = [...host.querySelectorAll("svg")].find((element) => !element.parentElement?.closest("svg"));
  if (!svg) throw new Error("no chart");
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  for (const element of copy.querySelectorAll("[tabindex], [focusable]")) {
    element.removeAttribute("tabindex");
    element.removeAttribute("focusable");
  }
  return withoutControls(new XMLSerializer().serializeToString(copy));
}

function frames(count: number): Promise<void> {
  return new Promise((resolve) => {
    const next = (left: number): void => {
      if (left === 0) resolve();
      else requestAnimationFrame(() => next(left - 1));
    };
    next(count);
  });
}
