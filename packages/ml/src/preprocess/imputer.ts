import { addRow, type ColumnStep } from "./column-step.ts";
import { mean } from "./moments.ts";
import { quantile } from "./quantile.ts";

export type ImputerKind = "median" | "mean";

/**
 * What a column's gaps are filled with.
 * @param sorted the column's numbers in rising order, at least one
 */
export function fitFill(sorted: Float64Array, kind: ImputerKind): number {
  return kind === "median" ? quantile(sorted, 0.5) : mean(sorted);
}

/** @param fills per column */
export function createImputer(fills: Float64Array): ColumnStep {
  return {
    apply: (value, column) => (Number.isNaN(value) ? fills[column] : value),
    addTo(graph, input) {
      const gap = graph.addNode("IsNaN", [input], { name: "gap" });
      return graph.addNode("Where", [gap, addRow(graph, "fill", fills), input], { name: "filled" });
    },
  };
}
