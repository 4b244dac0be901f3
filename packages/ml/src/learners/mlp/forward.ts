import type { Layer } from "./layers.ts";

/**
 * Class probabilities of a network with rectified hidden layers and a softmax at its end, summed in float64.
 * @param parameters as `layOut` lays them
 * @param values `rowCount × layers[0].inputs`, row by row
 * @returns `rowCount × outputs of the last layer`, row by row
 */
export function forward(
  layers: readonly Layer[],
  parameters: Float32Array,
  values: Float32Array,
  rowCount: number,
): Float32Array {
  const columnCount = layers[0].inputs;
  const classCount = layers[layers.length - 1].outputs;
  const probabilities = new Float32Array(rowCount * classCount);
  const buffers = layers.map(({ outputs }) => new Float64Array(outputs));
  for (let row = 0; row < rowCount; row++) {
    let activations: Float32Array | Float64Array = values.subarray(row * columnCount, (row + 1) * columnCount);
    for (const [index, layer] of layers.entries()) {
      applyLayer(layer, parameters, activations, buffers[index], index < layers.length - 1);
      activations = buffers[index];
    }
    softmax(buffers[layers.length - 1], probabilities, row * classCount);
  }
  return probabilities;
}

function applyLayer(
  { inputs, outputs, weightsStart, biasesStart }: Layer,
  parameters: Float32Array,
  input: Float32Array | Float64Array,
  output: Float64Array,
  rectified: boolean,
): void {
  for (let unit = 0; unit < outputs; unit++) output[unit] = parameters[biasesStart + unit];
  for (let index = 0; index < inputs; index++) {
    const value = input[index];
    if (value === 0) continue;
    const weights = weightsStart + index * outputs;
    for (let unit = 0; unit < outputs; unit++) output[unit] += value * parameters[weights + unit];
  }
  if (!rectified) return;
  for (let unit = 0; unit < outputs; unit++) {
    if (output[unit] < 0) output[unit] = 0;
  }
}

function softmax(scores: Float64Array, probabilities: Float32Array, offset: number): void {
  let largest = scores[0];
  for (const score of scores) largest = Math.max(largest, score);
  let total = 0;
  for (let index = 0; index < scores.length; index++) {
    scores[index] = Math.exp(scores[index] - largest);
    total += scores[index];
  }
  for (let index = 0; index < scores.length; index++) probabilities[offset + index] = scores[index] / total;
}
