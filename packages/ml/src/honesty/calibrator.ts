import type { GraphBuilder } from "../onnx/graph-builder.ts";

/** Turns a learner's probabilities into ones that hold what they promise. */
export interface Calibrator {
  /** Above 1: the learner was too sure of itself. */
  readonly temperature: number;
  /** @returns as many probabilities, row by row */
  apply(probabilities: Float32Array): Float32Array;
  /**
   * @param probabilities name of a float32 tensor `[N, classCount]`
   * @returns name of a float32 tensor `[N, classCount]`
   */
  addTo(graph: GraphBuilder, probabilities: string): string;
}

/** Probabilities below it count as this much, so that a class that the learner rules out has a logarithm. */
const leastProbability = 1e-6;

/**
 * Temperature scaling: softmax of ln(p) / temperature (C. Guo et al., 2017), which leaves every diagnosis as it is
 * and works for any learner that gives probabilities.
 * @param temperature above 0
 */
export function createCalibrator(temperature: number, classCount: number): Calibrator {
  if (!(temperature > 0)) throw new RangeError("a temperature is above 0");

  function apply(probabilities: Float32Array): Float32Array {
    const calibrated = new Float32Array(probabilities.length);
    for (let first = 0; first < probabilities.length; first += classCount) {
      calibrateRow(probabilities, first, classCount, 1 / temperature, calibrated);
    }
    return calibrated;
  }

  function addTo(graph: GraphBuilder, probabilities: string): string {
    const wide = graph.addCast(probabilities, "float64");
    const held = graph.addNode("Max", [wide, graph.addScalar("float64", leastProbability)]);
    const logarithm = graph.addNode("Log", [held]);
    const scaled = graph.addNode("Div", [logarithm, graph.addScalar("float64", temperature)]);
    return graph.addCast(graph.addNode("Softmax", [scaled], { attributes: { axis: { int: 1 } } }), "float32");
  }

  return { temperature, apply, addTo };
}

function calibrateRow(
  probabilities: Float32Array,
  first: number,
  classCount: number,
  exponent: number,
  calibrated: Float32Array,
): void {
  let largest = leastProbability;
  for (let cell = first; cell < first + classCount; cell++) largest = Math.max(largest, probabilities[cell]);
  let sum = 0;
  for (let cell = first; cell < first + classCount; cell++) {
    sum += (Math.max(probabilities[cell], leastProbability) / largest) ** exponent;
  }
  for (let cell = first; cell < first + classCount; cell++) {
    calibrated[cell] = (Math.max(probabilities[cell], leastProbability) / largest) ** exponent / sum;
  }
}
