import type { Random } from "../../random/random.ts";

/**
 * The layers of a network and where their parameters lie in one flat vector: for each layer its weights
 * `[inputs, outputs]`, row by row, then its biases.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weightsStart: number;
  readonly biasesStart: number;
  readonly end: number;
}

/** @param widths columns of the input, of each hidden layer, and of the output */
export function layOut(widths: readonly number[]): Layer[] {
  const layers: Layer[] = [];
  let start = 0;
  for (let index = 1; index < widths.length; index++) {
    const inputs = widths[index - 1];
    const outputs = widths[index];
    const biasesStart = start + inputs * outputs;
    layers.push({ inputs, outputs, weightsStart: start, biasesStart, end: biasesStart + outputs });
    start = biasesStart + outputs;
  }
  return layers;
}

export function parameterCount(layers: readonly Layer[]): number {
  return layers[layers.length - 1].end;
}

/**
 * Weights uniform with variance 2 / inputs, biases 0 (K. He et al., "Delving Deep into Rectifiers", 2015).
 */
export function initialParameters(layers: readonly Layer[], random: Random): Float32Array {
  const parameters = new Float32Array(parameterCount(layers));
  for (const { inputs, weightsStart, biasesStart } of layers) {
    const bound = Math.sqrt(6 / inputs);
    for (let index = weightsStart; index < biasesStart; index++) {
      parameters[index] = (2 * random.uniform() - 1) * bound;
    }
  }
  return parameters;
}
