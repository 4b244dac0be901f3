import type { GraphBuilder } from "../onnx/graph-builder.ts";

/**
 * A fitted step that treats each column by itself. Both forms compute in float64 in the same order, so that medians
 * of 1e17 lose no digits and the two agree to float64's last places.
 */
export interface ColumnStep {
  /** @param column position among the columns that the step was fitted to */
  apply(value: number, column: number): number;
  /**
   * @param input name of a float64 tensor `[N, columns]`
   * @returns name of a float64 tensor of the same shape
   */
  addTo(graph: GraphBuilder, input: string): string;
}

/** A row of numbers, one per column, that ONNX operators broadcast over the rows. */
export function addRow(graph: GraphBuilder, name: string, values: Float64Array): string {
  return graph.addConstant(name, { type: "float64", dims: [1, values.length], data: values });
}
