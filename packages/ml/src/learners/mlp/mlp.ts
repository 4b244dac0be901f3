import { confusionMatrix } from "../../metrics/confusion-matrix.ts";
import { logLoss } from "../../metrics/log-loss.ts";
import { macroF1 } from "../../metrics/macro-f1.ts";
import { mostProbable } from "../../metrics/most-probable.ts";
import { createPacer } from "../../pacer.ts";
import { createRandom } from "../../random/random.ts";
import {
  FitError,
  type FitOptions,
  type FitProgress,
  type FittedLearner,
  type Learner,
  type Samples,
} from "../learner.ts";
import { forward } from "./forward.ts";
import { addConstantLayers, addNetwork } from "./layer-nodes.ts";
import { initialParameters, type Layer, layOut } from "./layers.ts";
import type { MlpSettings } from "./mlp-settings.ts";
import { openScorer, type Scorer } from "./scorer.ts";
import { openTrainer, type Trainer } from "./trainer.ts";

/**
 * A multi-layer perceptron: rectified hidden layers with dropout, softmax, cross-entropy, AdamW. Seeded: the same
 * rows, settings and seed give the same weights on the same machine, whatever the number of threads.
 */
export const mlp: Learner<MlpSettings> = { name: "mlp", fit };

async function fit(
  training: Samples,
  validation: Samples,
  settings: MlpSettings,
  options: FitOptions,
): Promise<FittedLearner> {
  try {
    const layers = layOut([training.columnCount, ...settings.hiddenUnits, training.classCount]);
    const random = createRandom(options.seed);
    const initial = initialParameters(layers, random);
    const trainer = await openTrainer(training, layers, initial, settings, options.threads, random);
    try {
      const { parameters, bestEpoch, curve } = await withScorer(validation, layers, options, (scorer) =>
        runEpochs(trainer, scorer, validation, settings, options),
      );
      return { bestEpoch, curve, ...fittedNetwork(layers, parameters) };
    } finally {
      await trainer.close();
    }
  } catch (error) {
    throw isOutOfMemory(error)
      ? new FitError("out-of-memory", { memoryMiB: residentMebibytes() }, { cause: error })
      : error;
  }
}

async function withScorer<Result>(
  validation: Samples,
  layers: readonly Layer[],
  { threads }: FitOptions,
  use: (scorer: Scorer) => Promise<Result>,
): Promise<Result> {
  const scorer = await openScorer(validation, layers, threads);
  try {
    return await use(scorer);
  } finally {
    await scorer.close();
  }
}

function fittedNetwork(layers: readonly Layer[], parameters: Float32Array): Pick<FittedLearner, "predict" | "addTo"> {
  return {
    predict: (values, rowCount) => forward(layers, parameters, values, rowCount),
    addTo: (graph, input) => addNetwork(graph, input, addConstantLayers(graph, layers, parameters)),
  };
}

interface Best {
  readonly epoch: number;
  readonly macroF1: number;
  readonly loss: number;
  readonly parameters: Float32Array;
}

/**
 * The best epoch is that of the highest validation macro-F1, among equals that of the least validation loss; patience
 * counts from the last rise of macro-F1.
 */
async function runEpochs(
  trainer: Trainer,
  scorer: Scorer,
  validation: Samples,
  settings: MlpSettings,
  { onProgress, signal }: FitOptions,
): Promise<{ parameters: Float32Array; bestEpoch: number; curve: FitProgress[] }> {
  const pacer = createPacer(signal);
  const curve: FitProgress[] = [];
  let best: Best | undefined;
  let lastRise = 0;
  for (let epoch = 1; epoch <= settings.epochs && epoch - lastRise <= settings.patience; epoch++) {
    const { loss: trainLoss, parameters } = await trainer.runEpoch(settings.learningRate, pacer);
    const probabilities = await scorer.score(parameters, pacer);
    const scores = scoreValidation(probabilities, validation);
    if (!Number.isFinite(trainLoss) || !Number.isFinite(scores.loss)) {
      throw new FitError("did-not-converge", { learner: "mlp", epoch });
    }
    if (!best || scores.macroF1 > best.macroF1) lastRise = epoch;
    if (!best || isBetter(scores, best)) best = { epoch, parameters, ...scores };
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
  return { parameters: best.parameters, bestEpoch: best.epoch, curve };
}

function scoreValidation(probabilities: Float32Array, { labels, classCount }: Samples) {
  const confusion = confusionMatrix(labels, mostProbable(probabilities, classCount), classCount);
  return { macroF1: macroF1(confusion), loss: logLoss(probabilities, labels, classCount) };
}

function isBetter(scores: { macroF1: number; loss: number }, best: Best): boolean {
  return scores.macroF1 > best.macroF1 || (scores.macroF1 === best.macroF1 && scores.loss < best.loss);
}

/** onnxruntime and V8 tell it in words only. */
function isOutOfMemory(error: unknown): boolean {
  return (
    error instanceof Error && /bad[_ ]alloc|failed to allocate|allocation failed|out of memory/i.test(error.message)
  );
}

function residentMebibytes(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
}
