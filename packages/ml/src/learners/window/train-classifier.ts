import type { Scalar, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import { createPacer, type Pacer } from "../../pacer.ts";
import { createRandom, type Random } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { FitError, type FitOptions, type FitProgress, type FittedLearner, type Samples } from "../learner.ts";
import { batchBoundaries } from "../mlp/trainer.ts";
import { scoreValidation } from "../score-validation.ts";
import type { WindowClassifier } from "./classifier.ts";
import { type TensorFlow, tensorFlow } from "./tensor-flow.ts";
import { initialWeights, type WindowShape } from "./window-network.ts";
import type { WindowTrainingSettings } from "./window-settings.ts";

const rowsScoredAtOnce = 256;

/**
 * Trains on the CPU by TensorFlow.js: cross-entropy, Adam, dropout before the last layer, early stopping by the
 * validation loss. Seeded: the same rows, settings and seed give the same weights on the same machine.
 */
export async function trainClassifier(
  classifier: WindowClassifier,
  shape: WindowShape,
  training: Samples,
  validation: Samples,
  settings: WindowTrainingSettings & { readonly learner: string },
  { seed, onProgress, signal }: FitOptions,
): Promise<FittedLearner> {
  const tf = await tensorFlow();
  const random = createRandom(seed);
  const pacer = createPacer(signal);
  const variables = initialWeights(classifier.parameters, random).map((weights, place) => {
    const [rows, columns] = classifier.parameters[place].dims;
    return tf.tidy(() => tf.variable(tf.tensor2d(weights, [rows, columns])));
  }) as Variable[] & Tensor2D[];
  const optimizer = tf.train.adam(settings.learningRate);
  const step = { tf, classifier, shape, variables, optimizer, dropout: settings.dropout, random };
  try {
    const order = Int32Array.from({ length: training.rowCount }, (_, row) => row);
    const boundaries = batchBoundaries(training.rowCount, settings.batchSize);
    const curve: FitProgress[] = [];
    let best: { epoch: number; loss: number; weights: Float32Array[] } | undefined;
    for (let epoch = 1; epoch <= settings.epochs && epoch - (best?.epoch ?? epoch) <= settings.patience; epoch++) {
      shuffle(order, random);
      let total = 0;
      let weight = 0;
      for (let batch = 0; batch + 1 < boundaries.length; batch++) {
        await pacer.giveWay();
        const sums = trainBatch(step, training, order.subarray(boundaries[batch], boundaries[batch + 1]));
        total += sums.loss;
        weight += sums.weight;
      }
      const scores = scoreValidation(await scoreRows(step, validation, pacer), validation);
      const trainLoss = total / weight;
      if (!Number.isFinite(trainLoss) || !Number.isFinite(scores.loss)) {
        throw new FitError("did-not-converge", { learner: settings.learner, epoch });
      }
      if (!best || validation.rowCount === 0 || scores.loss < best.loss) {
        const weights = variables.map((variable) => variable.dataSync().slice() as Float32Array);
        best = { epoch, loss: scores.loss, weights };
      }
      const progress: FitProgress = {
        epoch,
        epochs: settings.epochs,
        trainLoss,
        validationLoss: scores.loss,
        validationMacroF1: scores.macroF1,
      };
      curve.push(progress);
      await onProgress?.(progress);
    }
    if (!best) throw new RangeError("a training takes at least one epoch");
    const { weights } = best;
    return {
      bestEpoch: best.epoch,
      curve,
      predict: (values, rowCount) => classifier.predict(weights, values, rowCount),
      addTo: (graph, input) => classifier.addTo(graph, input, weights),
    };
  } finally {
    optimizer.dispose();
    for (const variable of variables) variable.dispose();
  }
}

interface Step {
  readonly tf: TensorFlow;
  readonly classifier: WindowClassifier;
  readonly shape: WindowShape;
  readonly variables: Variable[] & Tensor2D[];
  readonly optimizer: ReturnType<TensorFlow["train"]["adam"]>;
  readonly dropout: number;
  readonly random: Random;
}

function trainBatch(
  { tf, classifier, shape, variables, optimizer, dropout, random }: Step,
  samples: Samples,
  rows: Int32Array,
): { loss: number; weight: number } {
  const weights = Float32Array.from(rows, (row) => samples.weights[row]);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  const loss = tf.tidy(() => {
    const windows = tf.tensor3d(gather(samples, rows), [rows.length, shape.steps, shape.columns]);
    const targets = new Float32Array(rows.length * shape.classes);
    for (const [place, row] of rows.entries()) {
      targets[place * shape.classes + samples.labels[row]] = weights[place] / weight;
    }
    const wanted = tf.tensor2d(targets, [rows.length, shape.classes]);
    const kept = keptFeatures(tf, [rows.length, classifier.network.features], dropout, random);
    const { value, grads } = tf.variableGrads((): Scalar => {
      const scores = classifier.score(tf, variables, windows, kept);
      return tf.neg(tf.sum(tf.mul(tf.logSoftmax(scores), wanted))) as Scalar;
    }, variables);
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    return value.dataSync()[0];
  });
  return { loss: loss * weight, weight };
}

/** What each number is multiplied with, so that the expected sum stays; undefined where nothing is left out. */
function keptFeatures(tf: TensorFlow, dims: [number, number], dropout: number, random: Random): Tensor2D | undefined {
  if (dropout === 0) return undefined;
  const kept = Float32Array.from({ length: dims[0] * dims[1] }, () =>
    random.uniform() < dropout ? 0 : 1 / (1 - dropout),
  );
  return tf.tensor2d(kept, dims);
}

async function scoreRows({ tf, classifier, shape, variables }: Step, samples: Samples, pacer: Pacer) {
  const probabilities = new Float32Array(samples.rowCount * shape.classes);
  for (let first = 0; first < samples.rowCount; first += rowsScoredAtOnce) {
    await pacer.giveWay();
    const count = Math.min(rowsScoredAtOnce, samples.rowCount - first);
    const part = samples.values.subarray(first * samples.columnCount, (first + count) * samples.columnCount);
    const found = tf.tidy(() => {
      const windows = tf.tensor3d(part, [count, shape.steps, shape.columns]);
      return tf.softmax(classifier.score(tf, variables, windows)).dataSync();
    });
    probabilities.set(found, first * shape.classes);
  }
  return probabilities;
}

function gather({ values, columnCount }: Samples, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columnCount);
  for (const [place, row] of rows.entries()) {
    gathered.set(values.subarray(row * columnCount, (row + 1) * columnCount), place * columnCount);
  }
  return gathered;
}
