import type { EpochPoint } from "@systemhealer/contract/run";
import { ChartLegend } from "./ChartLegend.tsx";
import { compareCurves, type NamedCurve } from "./curve-compare.ts";
import { LineChart } from "./LineChart.tsx";

export interface CurveCompareProps {
  readonly title: string;
  readonly xLabel: string;
  readonly models: readonly NamedCurve[];
  readonly measure: Exclude<keyof EpochPoint, "epoch">;
  readonly max?: number;
}

/** The curves of several models, one over the other. */
export function CurveCompare({ title, xLabel, models, measure, max }: CurveCompareProps) {
  return (
    <>
      <ChartLegend names={models.map(({ name }) => name)} />
      <LineChart
        title={title}
        xLabel={xLabel}
        series={compareCurves(models, measure)}
        min={0}
        max={max ?? "auto"}
        hasLegend={false}
      />
    </>
  );
}
