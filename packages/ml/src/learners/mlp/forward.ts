import type { Encoding } from "./encoding.ts";
import type { Layer, Network } from "./layers.ts";

/**
 * Class probabilities of a network, the mean of its members', summed in float64.
 * @param parameters as `layOut` lays them
 * @param values `rowCount × encoding.inputColumns`, row by row
 * @returns `rowCount × outputs of the last layer`, row by row
 */
export function forward(
  { layers, members }: Network,
  encoding: Encoding,
  parameters: Float32Array,
  values: Float32Array,
  rowCount: number,
): Float32Array {
  const classCount = layers[layers.length - 1].outputs;
  const probabilities = new Float32Array(rowCount * classCount);
  const encoded = new Float32Array(encoding.outputColumns);
  const buffers = layers.map(({ outputs }) => new Float64Array(outputs));
  const total = new Float64Array(classCount);
  for (let row = 0; row < rowCount; row++) {
    encoding.encode(values, row * encoding.inputColumns, encoded);
    total.fill(0);
    for (let member = 0; member < members; member++) {
      let activations: Float32Array | Float64Array = encoded;
      for (const [index, layer] of layers.entries()) {
        const rectified = index < layers.length - 1;
        if (members === 1) applySingleLayer(layer, parameters, activations, buffers[index], rectified);
        else applyLayer(layer, member, parameters, activations, buffers[index], rectified);
        activations = buffers[index];
      }
      addSoftmax(buffers[layers.length - 1], total);
    }
    for (let index = 0; index < classCount; index++) probabilities[row * classCount + index] = total[index] / members;
  }
  return probabilities;
}

function applyLayer(
  { inputs, outputs, weights, biases, scales }: Layer,
  member: number,
  parameters: Float32Array,
  input: Float32Array | Float64Array,
  output: Float64Array,
  rectified: boolean,
): void {
  const weightsStart = weights.start + (weights.dims.length === 3 ? member * inputs * outputs : 0);
  const biasesStart = biases.start + member * outputs;
  output.fill(0);
  for (let index = 0; index < inputs; index++) {
    const value = scales ? input[index] * parameters[scales.inputs.start + member * inputs + index] : input[index];
    if (value === 0) continue;
    const row = weightsStart + index * outputs;
    for (let unit = 0; unit < outputs; unit++) output[unit] += value * parameters[row + unit];
  }
  for (let unit = 0; unit < outputs; unit++) {
    const scale = scales ? parameters[scales.outputs.start + member * outputs + unit] : 1;
    const score = output[unit] * scale + parameters[biasesStart + unit];
    output[unit] = rectified && score < 0 ? 0 : score;
  }
}

function applySingleLayer(
  { inputs, outputs, weights, biases }: Layer,
  parameters: Float32Array,
  input: Float32Array | Float64Array,
  output: Float64Array,
  rectified: boolean,
): void {
  for (let unit = 0; unit < outputs; unit++) {
    const row = weights.start + unit * inputs;
    let score = 0;
    for (let index = 0; index < inputs; index++) score += input[index] * parameters[row + index];
    score += parameters[biases.start + unit];
    output[unit] = rectified && score < 0 ? 0 : score;
  }
}

function addSoftmax(scores: Float64Array, sums: Float64Array): void {
  let largest = scores[0];
  for (const score of scores) largest = Math.max(largest, score);
  let total = 0;
  for (let index = 0; index < scores.length; index++) {
    scores[index] = Math.exp(scores[index] - largest);
    total += scores[index];
  }
  for (let index = 0; index < scores.length; index++) sums[index] += scores[index] / total;
}
