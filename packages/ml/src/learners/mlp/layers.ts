import type { Random } from "../../random/random.ts";

/** Where one tensor lies in the flat vector of all parameters. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly dims: readonly number[];
}

/**
 * One layer. A network of one member has weights `[outputs, inputs]` and biases `[outputs, 1]`. In an ensemble of k
 * members the hidden layers share their weights `[inputs, outputs]`, and each member scales the layer's inputs `[k, 1, inputs]` and outputs
 * `[k, 1, outputs]` and adds biases `[k, 1, outputs]` of its own; the last layer has weights `[k, inputs, outputs]`.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Block;
  readonly biases: Block;
  readonly scales?: { readonly inputs: Block; readonly outputs: Block };
}

/**
 * Rectified hidden layers and a softmax; with several members a BatchEnsemble (Y. Gorishniy, A. Kotelnikov, A. Babenko,
 * "TabM: Advancing Tabular Deep Learning with Parameter-Efficient Ensembling", 2025), whose probabilities are averaged.
 */
export interface Network {
  readonly members: number;
  readonly layers: readonly Layer[];
  readonly parameterCount: number;
}

/** @param widths columns of the input, of each hidden layer, and of the output */
export function layOut(widths: readonly number[], members: number): Network {
  let end = 0;
  const block = (...dims: readonly number[]): Block => {
    const start = end;
    end += dims.reduce((product, dim) => product * dim, 1);
    return { start, end, dims };
  };
  const layers = widths.slice(1).map((outputs, index): Layer => {
    const inputs = widths[index];
    if (members === 1) return { inputs, outputs, weights: block(outputs, inputs), biases: block(outputs, 1) };
    const last = index === widths.length - 2;
    const weights = last ? block(members, inputs, outputs) : block(inputs, outputs);
    const biases = block(members, 1, outputs);
    if (last) return { inputs, outputs, weights, biases };
    const scales = { inputs: block(members, 1, inputs), outputs: block(members, 1, outputs) };
    return { inputs, outputs, weights, biases, scales };
  });
  return { members, layers, parameterCount: end };
}

/** All blocks in the order in which they lie. */
export function blocks({ layers }: Network): Block[] {
  return layers.flatMap(({ weights, biases, scales }) =>
    scales ? [weights, biases, scales.inputs, scales.outputs] : [weights, biases],
  );
}

/**
 * Weights uniform with variance 2 / inputs, biases 0 (K. He et al., "Delving Deep into Rectifiers", 2015); the members
 * differ at first by random signs of the first layer's inputs, all other scales are 1.
 */
export function initialParameters({ layers, parameterCount }: Network, random: Random): Float32Array {
  const parameters = new Float32Array(parameterCount);
  for (const [index, { inputs, weights, scales }] of layers.entries()) {
    const bound = Math.sqrt(6 / inputs);
    for (let place = weights.start; place < weights.end; place++) {
      parameters[place] = (2 * random.uniform() - 1) * bound;
    }
    if (!scales) continue;
    for (let place = scales.inputs.start; place < scales.inputs.end; place++) {
      parameters[place] = index === 0 && random.uniform() < 0.5 ? -1 : 1;
    }
    parameters.fill(1, scales.outputs.start, scales.outputs.end);
  }
  return parameters;
}
