import { visible } from "@systemhealer/contract/visible";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChartState } from "./chart-context.ts";
import { listenToGestures, type Margin, type Rectangle } from "./gestures.ts";
import { useWidth } from "./use-width.ts";
import { isWhole, type View, type ZoomAxes } from "./view.ts";
import "./chart.css";

/** What a chart draws on, in pixels. */
export interface ChartArea {
  readonly width: number;
  readonly height: number;
  readonly margin: Margin;
  readonly view: View;
}

export interface ZoomSurfaceProps {
  readonly title: string;
  readonly axes: ZoomAxes;
  /** Around the plot; may depend on how wide the chart is. */
  readonly margin: Margin | ((width: number) => Margin);
  /** Pixels. */
  readonly height: number;
  /** What the axes show, in words; said once it is not the whole. */
  readonly range?: (view: View, width: number) => string;
  /** What of it has no room in a chart of this width, in words; nothing where all has. */
  readonly part?: (width: number) => string | undefined;
  readonly children: (area: ChartArea) => ReactNode;
}

/** Where a chart is drawn: it knows its size, and wheel, pinch, drag and keys on it change what is in sight. */
export function ZoomSurface({ title, axes, margin, height: usual, range, part, children }: ZoomSurfaceProps) {
  const { t } = useTranslation();
  const { canZoom, view, changeView, isBrushing, vector, height = usual } = useChartState();
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const [brush, setBrush] = useState<Rectangle>();
  const hint = useId();
  const latest = useRef({ view, isBrushing, changeView });
  latest.current = { view, isBrushing, changeView };
  const marginAt = (pixels: number) => (typeof margin === "function" ? margin(pixels) : margin);
  const { top, right, bottom, left } = marginAt(width);
  useEffect(() => {
    if (!element.current || !canZoom) return;
    return listenToGestures(element.current, {
      axes,
      margin: { top, right, bottom, left },
      isBrushing: () => latest.current.isBrushing,
      change(move) {
        const before = latest.current.view;
        const next = move(before);
        if (next === before) return false;
        latest.current = { ...latest.current, view: next };
        latest.current.changeView(() => next);
        return true;
      },
      onBrush: setBrush,
    });
  }, [axes, top, right, bottom, left, canZoom]);

  if (vector) return children({ ...vector, margin: marginAt(vector.width), view });
  const zoomed = !isWhole(view);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <div
        ref={element}
        className="chart-surface"
        role="group"
        aria-label={visible(title)}
        {...(canZoom && { "aria-describedby": hint, tabIndex: 0 })}
        data-zoomed={zoomed}
        data-brushing={isBrushing}
        style={{ blockSize: height }}
      >
        {width > 0 && children({ width, height, margin: { top, right, bottom, left }, view })}
        {brush && (
          <div
            className="chart-brush"
            style={{ left: brush.left, top: brush.top, width: brush.width, height: brush.height }}
          />
        )}
      </div>
      {canZoom && (
        <>
          <p id={hint} hidden>
            {t("charts.hint")}
          </p>
          <p role="status" className="chart-range">
            {zoomed ? (range?.(view, width) ?? t("charts.zoomed")) : width > 0 && part?.(width)}
          </p>
        </>
      )}
    </>
  );
}
