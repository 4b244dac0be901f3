import type { EpochPoint } from "@systemhealer/contract/run";
import { compareCurves, type NamedCurve } from "./curve-compare.ts";
import { LineChart } from "./LineChart.tsx";

export interface CurveCompareProps {
  readonly title: string;
  readonly xLabel: string;
  readonly models: readonly NamedCurve[];
  readonly measure: Exclude<keyof EpochPoint, "epoch">;
  readonly max?: number;
}

/** The curves of several models, one over the other; the frame around it holds the legend. */
export function CurveCompare({ title, xLabel, models, measure, max }: CurveCompareProps) {
  return (
    <LineChart
      title={title}
      xLabel={xLabel}
      series={compareCurves(models, measure)}
      min={0}
      max={max ?? "auto"}
      hasLegend={false}
    />
  );
}
