import { addRow, type ColumnStep } from "./column-step.ts";
import { quantile } from "./quantile.ts";

/** sign(x) · ln(1 + |x| / unit): nearly linear around 0, logarithmic beyond. */
export function signedLog(value: number, unit: number): number {
  return Math.sign(value) * Math.log(1 + Math.abs(value / unit));
}

/**
 * The unit of a column: 1, or the median magnitude of its numbers other than 0 where that is less, so that tiny
 * numbers are not flattened.
 */
export function fitUnit(values: Float64Array): number {
  const magnitudes = values.map(Math.abs).filter((magnitude) => magnitude > 0);
  return magnitudes.length === 0 ? 1 : Math.min(1, quantile(magnitudes.sort(), 0.5));
}

/** @param units per column */
export function createSignedLog(units: Float64Array): ColumnStep {
  return {
    apply: (value, column) => signedLog(value, units[column]),
    addTo(graph, input) {
      const relative = graph.addNode("Div", [input, addRow(graph, "unit", units)]);
      const magnitude = graph.addNode("Add", [graph.addScalar("float64", 1), graph.addNode("Abs", [relative])]);
      return graph.addNode("Mul", [graph.addNode("Sign", [input]), graph.addNode("Log", [magnitude])]);
    },
  };
}
