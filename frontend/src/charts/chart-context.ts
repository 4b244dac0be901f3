import { createContext, useContext } from "react";
import { type View, wholeView } from "./view.ts";

/** What a chart is told by the frame around it. */
export interface ChartState {
  /** Whether wheel, pinch, drag and keys change the view. */
  readonly canZoom: boolean;
  readonly view: View;
  readonly changeView: (change: (view: View) => View) => void;
  /** Whether dragging chooses a rectangle to zoom to, instead of moving. */
  readonly isBrushing: boolean;
  /** Given where the chart is drawn as SVG of this size to be saved, not to be looked at. */
  readonly vector?: { readonly width: number; readonly height: number };
  /** Pixels that the chart is to have instead of its usual height. */
  readonly height?: number;
}

export const ChartContext = createContext<ChartState>({
  canZoom: false,
  view: wholeView,
  changeView: () => undefined,
  isBrushing: false,
});

export const useChartState = (): ChartState => useContext(ChartContext);

/** Beyond it a canvas draws quicker than elements of the page. */
const maxDrawnAsElements = 1_000;

/** Whether this many marks are drawn on a canvas. */
export function useIsCanvas(marks: number): boolean {
  const { vector } = useChartState();
  return marks > maxDrawnAsElements && vector === undefined;
}
