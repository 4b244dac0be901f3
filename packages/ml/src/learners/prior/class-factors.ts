import { addRowSum } from "../../onnx/row-sum.ts";
import type { ProbabilityStep } from "../../pipeline/fitted-pipeline.ts";

/** Probabilities multiplied class by class and scaled to a sum of 1. @param factors one per class, above 0 */
export function scaleClasses(factors: Float32Array): ProbabilityStep {
  const classCount = factors.length;
  return {
    apply(probabilities) {
      const scaled = probabilities.slice();
      for (let first = 0; first < scaled.length; first += classCount) {
        const own = scaled.subarray(first, first + classCount);
        let total = 0;
        for (let index = 0; index < classCount; index++) {
          own[index] *= factors[index];
          total += own[index];
        }
        for (let index = 0; index < classCount; index++) own[index] /= total;
      }
      return scaled;
    },
    addTo(graph, probabilities) {
      const row = graph.addConstant("classFactors", { type: "float32", dims: [1, classCount], data: factors });
      const scaled = graph.addNode("Mul", [probabilities, row]);
      return graph.addNode("Div", [scaled, addRowSum(graph, scaled, classCount)]);
    },
  };
}
