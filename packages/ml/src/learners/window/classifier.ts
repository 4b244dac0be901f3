import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { TensorFlow } from "./tensor-flow.ts";
import type { WindowNetwork, WindowShape } from "./window-network.ts";

/** A network with its last layer: a weighted sum per class and softmax. */
export interface WindowClassifier {
  readonly network: WindowNetwork;
  readonly parameters: WindowNetwork["parameters"];
  /**
   * @param kept `[N, features]`, what each feature is multiplied with; undefined: nothing is left out
   * @returns scores `[N, classes]` before the softmax
   */
  score(tf: TensorFlow, weights: readonly Tensor2D[], windows: Tensor3D, kept?: Tensor2D): Tensor2D;
  /** @returns `rowCount × classes` probabilities of `rowCount × steps × columns` numbers, summed in float64 */
  predict(weights: readonly Float32Array[], values: Float32Array, rowCount: number): Float32Array;
  /**
   * @param input name of a float tensor `[N, steps × columns]`
   * @returns name of a float tensor `[N, classes]` of probabilities
   */
  addTo(graph: GraphBuilder, input: string, weights: readonly Float32Array[]): string;
}

export function windowClassifier(network: WindowNetwork, shape: WindowShape): WindowClassifier {
  const { steps, columns, classes } = shape;
  const { features } = network;
  const own = network.parameters.length;
  const parameters: WindowNetwork["parameters"] = [
    ...network.parameters,
    { dims: [features, classes], bound: Math.sqrt(6 / (features + classes)) },
    { dims: [1, classes], bound: 0 },
  ];

  function score(tf: TensorFlow, weights: readonly Tensor2D[], windows: Tensor3D, kept?: Tensor2D): Tensor2D {
    const described = network.describe(tf, weights.slice(0, own), windows);
    const taken = kept ? (tf.mul(described, kept) as Tensor2D) : described;
    return tf.add(tf.matMul(taken, weights[own]), weights[own + 1]) as Tensor2D;
  }

  function predict(weights: readonly Float32Array[], values: Float32Array, rowCount: number): Float32Array {
    const probabilities = new Float32Array(rowCount * classes);
    const described = new Float64Array(features);
    const scores = new Float64Array(classes);
    const width = steps * columns;
    for (let row = 0; row < rowCount; row++) {
      network.describeWindow(weights, values.subarray(row * width, (row + 1) * width), described);
      scores.set(weights[own + 1]);
      for (let feature = 0; feature < features; feature++) {
        for (let index = 0; index < classes; index++) {
          scores[index] += described[feature] * weights[own][feature * classes + index];
        }
      }
      setSoftmax(scores, probabilities.subarray(row * classes, (row + 1) * classes));
    }
    return probabilities;
  }

  function addTo(graph: GraphBuilder, input: string, weights: readonly Float32Array[]): string {
    const windows = graph.addNode("Reshape", [input, graph.addInts(-1, steps, columns)], { name: "windows" });
    const described = network.addTo(graph, windows, weights);
    const matrix = graph.addConstant("output_weights", {
      type: "float32",
      dims: [features, classes],
      data: weights[own],
    });
    const bias = graph.addConstant("output_bias", { type: "float32", dims: [classes], data: weights[own + 1] });
    const scores = graph.addNode("Add", [graph.addNode("MatMul", [described, matrix]), bias]);
    return graph.addNode("Softmax", [scores], { attributes: { axis: { int: 1 } } });
  }

  return { network, parameters, score, predict, addTo };
}

function setSoftmax(scores: Float64Array, probabilities: Float32Array): void {
  const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let index = 0; index < scores.length; index++) {
    scores[index] = Math.exp(scores[index] - largest);
    total += scores[index];
  }
  for (let index = 0; index < scores.length; index++) probabilities[index] = scores[index] / total;
}
