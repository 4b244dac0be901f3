import { addRow, type ColumnStep } from "./column-step.ts";
import { mean, standardDeviation } from "./moments.ts";
import { quantile } from "./quantile.ts";

/**
 * `standard`: mean and standard deviation; `robust`: median and interquartile range; `robust-signed-log`: the latter
 * after a signed logarithm; `quantile-uniform` and `quantile-normal`: along the column's quantiles.
 */
export type ScalerKind = "robust-signed-log" | "robust" | "standard" | "quantile-uniform" | "quantile-normal";

export interface Scale {
  readonly centre: number;
  /** Above 0. */
  readonly spread: number;
}

/** Interquartile range of a normal distribution of standard deviation 1. */
const normalInterquartileRange = 1.3489795003921634;

/** Smaller spreads, relative to the centre, are beyond what float32 values can tell. */
const leastRelativeSpread = 1e-8;

/**
 * Centre and spread of a column. Where the middle half of a column is one value, its spread is the standard deviation.
 * @param sorted the column's numbers in rising order, at least one
 */
export function fitScale(sorted: Float64Array, kind: "robust" | "standard"): Scale {
  const centre = kind === "robust" ? quantile(sorted, 0.5) : mean(sorted);
  const range = kind === "robust" ? quantile(sorted, 0.75) - quantile(sorted, 0.25) : 0;
  const measured = range > 0 ? range / normalInterquartileRange : standardDeviation(sorted, centre);
  const spread = Math.max(measured, Math.abs(centre) * leastRelativeSpread);
  return { centre, spread: spread > 0 ? spread : 1 };
}

/** (x − centre) / spread. */
export function createScaler(scales: readonly Scale[]): ColumnStep {
  const centres = Float64Array.from(scales, ({ centre }) => centre);
  const spreads = Float64Array.from(scales, ({ spread }) => spread);
  return {
    apply: (value, column) => (value - centres[column]) / spreads[column],
    addTo(graph, input) {
      const centred = graph.addNode("Sub", [input, addRow(graph, "centre", centres)]);
      return graph.addNode("Div", [centred, addRow(graph, "spread", spreads)]);
    },
  };
}
