import { minimise } from "../../optimise/l-bfgs.ts";
import { createPacer, type Pacer } from "../../pacer.ts";
import {
  FitError,
  type FitOptions,
  type FitProgress,
  type FittedLearner,
  type Learner,
  type Samples,
} from "../learner.ts";
import { scoreValidation } from "../score-validation.ts";
import { linearProbabilities } from "./linear-probabilities.ts";

export interface LinearSettings {
  readonly learner: "linear";
  /** Strength of the penalty on squared weights: half of it is added to the summed cross-entropy. */
  readonly l2: number;
  /** At most; fewer where the optimum is reached or the data is so large that they would take minutes. */
  readonly iterations: number;
}

const rowsPerSlice = 64;
/** Multiplications of a whole fit: some tens of seconds on one core. */
const mostMultiplications = 3e10;

/**
 * Multinomial logistic regression with an L2 penalty on the weights, not on the intercepts, by L-BFGS. Draws no chance:
 * the same rows give the same weights.
 */
export const linear: Learner<LinearSettings> = { name: "linear", fit };

async function fit(
  training: Samples,
  validation: Samples,
  settings: LinearSettings,
  { signal, onProgress }: FitOptions,
): Promise<FittedLearner> {
  const pacer = createPacer(signal);
  const { columnCount, classCount, rowCount } = training;
  const size = (columnCount + 1) * classCount;
  const affordable = Math.floor(mostMultiplications / (4 * rowCount * size));
  const iterations = Math.min(settings.iterations, Math.max(5, affordable));
  const curve: FitProgress[] = [];
  const note = async (epoch: number, trainLoss: number, parameters: Float64Array) => {
    const probabilities = await inSlices(validation, pacer, (values, rows) =>
      linearProbabilities(Float32Array.from(parameters), columnCount, classCount, values, rows),
    );
    const { loss, macroF1 } = scoreValidation(probabilities, validation);
    const progress = { epoch, epochs: iterations, trainLoss, validationLoss: loss, validationMacroF1: macroF1 };
    curve.push(progress);
    await onProgress?.(progress);
  };
  const objective = (point: Float64Array, gradient: Float64Array) =>
    penalisedLoss(training, settings.l2, point, gradient, pacer);
  const { point, value } = await minimise(objective, new Float64Array(size), { iterations, onIteration: note });
  if (!Number.isFinite(value)) throw new FitError("did-not-converge", { learner: "linear", epoch: curve.length + 1 });
  if (curve.length === 0) await note(1, value, point);
  const parameters = Float32Array.from(point);
  return {
    bestEpoch: curve.length,
    curve,
    predict: (values, rows) => linearProbabilities(parameters, columnCount, classCount, values, rows),
    addTo(graph, input) {
      const constant = (name: string, dims: number[], data: Float32Array) =>
        graph.addConstant(name, { type: "float32", dims, data });
      const weights = constant("weights", [columnCount, classCount], parameters.slice(0, columnCount * classCount));
      const intercepts = constant("intercepts", [classCount], parameters.slice(columnCount * classCount));
      const scores = graph.addNode("Gemm", [input, weights, intercepts], { name: "scores" });
      return graph.addNode("Softmax", [scores], { attributes: { axis: { int: -1 } } });
    },
  };
}

/** Mean weighted cross-entropy plus l2 / (2 rows) times the squared weights. */
async function penalisedLoss(
  { values, labels, weights, rowCount, columnCount, classCount }: Samples,
  l2: number,
  point: Float64Array,
  gradient: Float64Array,
  pacer: Pacer,
): Promise<number> {
  gradient.fill(0);
  const intercepts = columnCount * classCount;
  const scores = new Float64Array(classCount);
  let total = 0;
  for (let row = 0; row < rowCount; row++) {
    if (row % rowsPerSlice === 0) await pacer.giveWay();
    const offset = row * columnCount;
    for (let index = 0; index < classCount; index++) scores[index] = point[intercepts + index];
    for (let column = 0; column < columnCount; column++) {
      const value = values[offset + column];
      if (value === 0) continue;
      for (let index = 0; index < classCount; index++) scores[index] += value * point[column * classCount + index];
    }
    const share = weights[row] / rowCount;
    total += share * turnToErrors(scores, labels[row]);
    for (let index = 0; index < classCount; index++) {
      scores[index] *= share;
      gradient[intercepts + index] += scores[index];
    }
    for (let column = 0; column < columnCount; column++) {
      const value = values[offset + column];
      if (value === 0) continue;
      for (let index = 0; index < classCount; index++) gradient[column * classCount + index] += value * scores[index];
    }
  }
  const strength = l2 / rowCount;
  for (let place = 0; place < intercepts; place++) {
    total += (strength * point[place] ** 2) / 2;
    gradient[place] += strength * point[place];
  }
  return total;
}

/**
 * Turns scores into probabilities minus 1 at the label.
 * @returns cross-entropy
 */
function turnToErrors(scores: Float64Array, label: number): number {
  let largest = scores[0];
  for (const score of scores) largest = Math.max(largest, score);
  const own = scores[label];
  let sum = 0;
  for (let index = 0; index < scores.length; index++) {
    scores[index] = Math.exp(scores[index] - largest);
    sum += scores[index];
  }
  for (let index = 0; index < scores.length; index++) scores[index] /= sum;
  scores[label] -= 1;
  return largest + Math.log(sum) - own;
}

async function inSlices(
  { values, rowCount, columnCount, classCount }: Samples,
  pacer: Pacer,
  predict: (values: Float32Array, rows: number) => Float32Array,
): Promise<Float32Array> {
  const probabilities = new Float32Array(rowCount * classCount);
  for (let first = 0; first < rowCount; first += rowsPerSlice) {
    await pacer.giveWay();
    const rows = Math.min(rowsPerSlice, rowCount - first);
    const part = values.subarray(first * columnCount, (first + rows) * columnCount);
    probabilities.set(predict(part, rows), first * classCount);
  }
  return probabilities;
}
