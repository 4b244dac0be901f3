import type { ColumnStep } from "./column-step.ts";
import { hold } from "./hold.ts";

/** Holds every number between −`limit` and `limit`. Takes no NaN: ONNX leaves open what `Clip` makes of one. */
export function createLimiter(limit: number): ColumnStep {
  return {
    apply: (value) => hold(value, limit),
    addTo: (graph, input) =>
      graph.addNode("Clip", [input, graph.addScalar("float64", -limit), graph.addScalar("float64", limit)]),
  };
}
