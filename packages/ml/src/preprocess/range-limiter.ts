import { addRow, type ColumnStep } from "./column-step.ts";
import { quantile } from "./quantile.ts";

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Quartiles moved outwards by a multiple of their distance (J. Tukey's fences); the whole range where the middle half of
 * the column is one value.
 * @param sorted in rising order, at least one
 */
export function fitRange(sorted: Float64Array, multiple: number): Range {
  const lower = quantile(sorted, 0.25);
  const upper = quantile(sorted, 0.75);
  if (lower === upper) return { lower: sorted[0], upper: sorted[sorted.length - 1] };
  return { lower: lower - multiple * (upper - lower), upper: upper + multiple * (upper - lower) };
}

/** Holds each column's numbers in its range. */
export function createRangeLimiter(ranges: readonly Range[]): ColumnStep {
  const lower = Float64Array.from(ranges, (range) => range.lower);
  const upper = Float64Array.from(ranges, (range) => range.upper);
  return {
    apply: (value, column) => Math.min(Math.max(value, lower[column]), upper[column]),
    addTo(graph, input) {
      const raised = graph.addNode("Max", [input, addRow(graph, "lower", lower)]);
      return graph.addNode("Min", [raised, addRow(graph, "upper", upper)]);
    },
  };
}
