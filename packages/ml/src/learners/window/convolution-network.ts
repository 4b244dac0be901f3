import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import type { Parameter, WindowNetwork, WindowShape } from "./window-network.ts";

interface Convolution {
  readonly inputs: number;
  readonly outputs: number;
  readonly dilation: number;
}

/**
 * Causal convolutions over time whose reach doubles from one to the next (S. Bai et al., "An empirical evaluation of
 * generic convolutional and recurrent networks for sequence modeling", 2018; without residual connections), each
 * rectified. The class is told from the last step and the mean of all steps. Before the first row there are zeros.
 *
 * TensorFlow.js on WebAssembly knows no gradient of a convolution, so it is learned as a product of matrices of shifted
 * copies; in ONNX it is a `Conv`.
 * @param channels outputs of each convolution
 * @param kernel rows that a convolution takes together
 */
export function convolutionNetwork(
  { steps, columns }: WindowShape,
  channels: readonly number[],
  kernel: number,
): WindowNetwork {
  const convolutions: Convolution[] = channels.map((outputs, place) => ({
    inputs: place === 0 ? columns : channels[place - 1],
    outputs,
    dilation: Math.min(2 ** place, steps - 1),
  }));
  const width = channels[channels.length - 1];
  const parameters = convolutions.flatMap(({ inputs, outputs }): Parameter[] => [
    { dims: [kernel * inputs, outputs], bound: Math.sqrt(6 / (kernel * inputs)) },
    { dims: [1, outputs], bound: 0 },
  ]);

  function describe(tf: Parameters<WindowNetwork["describe"]>[0], weights: readonly Tensor2D[], windows: Tensor3D) {
    const count = windows.shape[0];
    let steady = windows;
    for (const [place, { inputs, outputs, dilation }] of convolutions.entries()) {
      const padded = tf.pad3d(steady, [
        [0, 0],
        [dilation * (kernel - 1), 0],
        [0, 0],
      ]);
      const shifted = Array.from({ length: kernel }, (_, tap) =>
        tf.slice3d(padded, [0, tap * dilation, 0], [count, steps, inputs]),
      );
      const matrix = tf.reshape(tf.concat3d(shifted, 2), [count * steps, kernel * inputs]);
      const product = tf.add(tf.matMul(matrix, weights[2 * place]), weights[2 * place + 1]);
      steady = tf.reshape(tf.relu(product), [count, steps, outputs]);
    }
    const last = tf.reshape(tf.slice3d(steady, [0, steps - 1, 0], [count, 1, width]), [count, width]);
    return tf.concat2d([last as Tensor2D, tf.mean(steady, 1) as Tensor2D], 1);
  }

  function describeWindow(weights: readonly Float32Array[], values: Float32Array, features: Float64Array): void {
    let steady: Float32Array | Float64Array = values;
    for (const [place, { inputs, outputs, dilation }] of convolutions.entries()) {
      const next = new Float64Array(steps * outputs);
      for (let step = 0; step < steps; step++) {
        const sums = next.subarray(step * outputs, (step + 1) * outputs);
        sums.set(weights[2 * place + 1]);
        for (let tap = 0; tap < kernel; tap++) {
          const from = step - (kernel - 1 - tap) * dilation;
          if (from < 0) continue;
          for (let input = 0; input < inputs; input++) {
            addScaled(sums, weights[2 * place], (tap * inputs + input) * outputs, steady[from * inputs + input]);
          }
        }
        for (let output = 0; output < outputs; output++) sums[output] = Math.max(0, sums[output]);
      }
      steady = next;
    }
    features.fill(0);
    for (let cell = 0; cell < steps * width; cell++) features[width + (cell % width)] += steady[cell] / steps;
    features.set(steady.subarray((steps - 1) * width));
  }

  function addTo(graph: GraphBuilder, windows: string, weights: readonly Float32Array[]): string {
    let steady = graph.addNode("Transpose", [windows], { attributes: { perm: { ints: [0, 2, 1] } } });
    for (const [place, { inputs, outputs, dilation }] of convolutions.entries()) {
      const data = new Float32Array(outputs * inputs * kernel);
      for (let output = 0; output < outputs; output++) {
        for (let input = 0; input < inputs; input++) {
          for (let tap = 0; tap < kernel; tap++) {
            const source = (tap * inputs + input) * outputs + output;
            data[(output * inputs + input) * kernel + tap] = weights[2 * place][source];
          }
        }
      }
      const filter = graph.addConstant("filter", { type: "float32", dims: [outputs, inputs, kernel], data });
      const bias = graph.addConstant("bias", { type: "float32", dims: [outputs], data: weights[2 * place + 1] });
      const convolved = graph.addNode("Conv", [steady, filter, bias], {
        attributes: {
          kernel_shape: { ints: [kernel] },
          dilations: { ints: [dilation] },
          pads: { ints: [dilation * (kernel - 1), 0] },
        },
      });
      steady = graph.addNode("Relu", [convolved]);
    }
    const last = graph.addNode("Gather", [steady, graph.addScalar("int64", steps - 1)], {
      attributes: { axis: { int: 2 } },
    });
    const mean = graph.addNode("ReduceMean", [steady], { attributes: { axes: { ints: [2] }, keepdims: { int: 0 } } });
    return graph.addNode("Concat", [last, mean], { attributes: { axis: { int: 1 } } });
  }

  return { parameters, features: 2 * width, describe, describeWindow, addTo };
}

function addScaled(sums: Float64Array, weights: Float32Array, start: number, scale: number): void {
  if (scale === 0) return;
  for (let output = 0; output < sums.length; output++) sums[output] += scale * weights[start + output];
}
