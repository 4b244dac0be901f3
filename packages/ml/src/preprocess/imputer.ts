import { addRow, type ColumnStep } from "./column-step.ts";
import { mean } from "./moments.ts";
import { quantile } from "./quantile.ts";

/** `k-nearest` and `iterative` start from medians and then take the row's other columns into account. */
export type ImputerKind = "median" | "mean" | "mode" | "k-nearest" | "iterative";

/**
 * What a column's gaps are filled with.
 * @param sorted the column's numbers in rising order, at least one
 */
export function fitFill(sorted: Float64Array, kind: ImputerKind): number {
  if (kind === "mean") return mean(sorted);
  return kind === "mode" ? mode(sorted) : quantile(sorted, 0.5);
}

/** The most frequent number, of equals the least. */
function mode(sorted: Float64Array): number {
  let best = sorted[0];
  let longest = 0;
  let start = 0;
  for (let place = 1; place <= sorted.length; place++) {
    if (place < sorted.length && sorted[place] === sorted[start]) continue;
    if (place - start > longest) [best, longest] = [sorted[start], place - start];
    start = place;
  }
  return best;
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
