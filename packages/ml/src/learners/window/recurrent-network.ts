import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { WindowNetwork, WindowShape } from "./window-network.ts";

/** Update gate, reset gate, candidate: the order of ONNX and of TensorFlow.js. */
const gates = 3;

/**
 * One layer of gated recurrent units (K. Cho et al., "Learning phrase representations using RNN encoder–decoder",
 * 2014), as the layer `gru` of TensorFlow.js and the operator `GRU` of ONNX compute them: the reset gate is applied
 * before the recurrent product, the state begins at zero. The class is told from the last state.
 * @param units width of the state
 */
export function recurrentNetwork({ steps, columns }: WindowShape, units: number): WindowNetwork {
  const bound = (inputs: number) => Math.sqrt(6 / (inputs + units));
  const parameters = [
    { dims: [columns, gates * units], bound: bound(columns) },
    { dims: [units, gates * units], bound: bound(units) },
    { dims: [1, gates * units], bound: 0 },
  ] as const;

  function describe(
    tf: Parameters<WindowNetwork["describe"]>[0],
    [kernel, recurrent, bias]: readonly Tensor2D[],
    windows: Tensor3D,
  ): Tensor2D {
    const count = windows.shape[0];
    const rows = tf.reshape(windows, [count * steps, columns]);
    const given = tf.reshape(tf.add(tf.matMul(rows, kernel), bias), [count, steps, gates * units]) as Tensor3D;
    const gateWeights = tf.slice2d(recurrent, [0, 0], [units, 2 * units]);
    const candidateWeights = tf.slice2d(recurrent, [0, 2 * units], [units, units]);
    let state: Tensor2D = tf.zeros([count, units]);
    for (let step = 0; step < steps; step++) {
      const part = (from: number, gateCount: number) =>
        tf.reshape(tf.slice3d(given, [0, step, from * units], [count, 1, gateCount * units]), [
          count,
          gateCount * units,
        ]) as Tensor2D;
      const opened = tf.sigmoid(tf.add(part(0, 2), tf.matMul(state, gateWeights))) as Tensor2D;
      const update = tf.slice2d(opened, [0, 0], [count, units]);
      const reset = tf.slice2d(opened, [0, units], [count, units]);
      const candidate = tf.tanh(tf.add(part(2, 1), tf.matMul(tf.mul(reset, state) as Tensor2D, candidateWeights)));
      state = tf.add(tf.mul(update, state), tf.mul(tf.sub(1, update), candidate)) as Tensor2D;
    }
    return state;
  }

  function describeWindow(
    [kernel, recurrent, bias]: readonly Float32Array[],
    values: Float32Array,
    state: Float64Array,
  ): void {
    state.fill(0);
    const sums = new Float64Array(gates * units);
    const resetState = new Float64Array(units);
    for (let step = 0; step < steps; step++) {
      sums.set(bias);
      addProduct(sums, 0, gates * units, kernel, gates * units, values.subarray(step * columns, (step + 1) * columns));
      addProduct(sums, 0, 2 * units, recurrent, gates * units, state);
      for (let unit = 0; unit < units; unit++) resetState[unit] = sigmoid(sums[units + unit]) * state[unit];
      addProduct(sums, 2 * units, gates * units, recurrent, gates * units, resetState);
      for (let unit = 0; unit < units; unit++) {
        const update = sigmoid(sums[unit]);
        state[unit] = update * state[unit] + (1 - update) * Math.tanh(sums[2 * units + unit]);
      }
    }
  }

  function addTo(graph: GraphBuilder, windows: string, [kernel, recurrent, bias]: readonly Float32Array[]): string {
    const inTime = graph.addNode("Transpose", [windows], { attributes: { perm: { ints: [1, 0, 2] } } });
    const biases = new Float32Array(2 * gates * units);
    biases.set(bias);
    const [, last] = graph.addNodeWithOutputs(
      "GRU",
      [
        inTime,
        graph.addConstant("kernel", {
          type: "float32",
          dims: [1, gates * units, columns],
          data: transposed(kernel, columns, gates * units),
        }),
        graph.addConstant("recurrent", {
          type: "float32",
          dims: [1, gates * units, units],
          data: transposed(recurrent, units, gates * units),
        }),
        graph.addConstant("biases", { type: "float32", dims: [1, 2 * gates * units], data: biases }),
      ],
      2,
      { name: "gru", attributes: { hidden_size: { int: units }, linear_before_reset: { int: 0 } } },
    );
    return graph.addNode("Reshape", [last, graph.addInts(-1, units)]);
  }

  return { parameters, features: units, describe, describeWindow, addTo };
}

/** Adds `input · matrix` to the sums from `first` to `end`; the matrix has `width` columns. */
function addProduct(
  sums: Float64Array,
  first: number,
  end: number,
  matrix: Float32Array,
  width: number,
  input: Float32Array | Float64Array,
): void {
  for (let row = 0; row < input.length; row++) {
    const scale = input[row];
    if (scale === 0) continue;
    for (let column = first; column < end; column++) sums[column] += scale * matrix[row * width + column];
  }
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = matrix[row * columns + column];
  }
  return turned;
}
