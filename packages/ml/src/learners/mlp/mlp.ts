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
import { scoreValidation, type ValidationScores } from "../score-validation.ts";
import { type Encoding, fitEncoding } from "./encoding.ts";
import { forward } from "./forward.ts";
import { addConstantLayers, addNetwork } from "./layer-nodes.ts";
import { initialParameters, layOut, type Network } from "./layers.ts";
import type { MlpSettings, OriginMlpSettings } from "./mlp-settings.ts";
import { openScorer, type Scorer } from "./scorer.ts";
import { openTrainer, type Trainer } from "./trainer.ts";

/**
 * A multi-layer perceptron or an ensemble of them: columns in piecewise-linear encoding, rectified hidden layers with
 * dropout, softmax, cross-entropy, AdamW. Seeded: the same
 * rows, settings and seed give the same weights on the same machine, whatever the number of threads.
 */
export const mlp: Learner<MlpSettings> = { name: "mlp", fit };

/** The network of the product's first public version: the same code with other defaults. */
export const originMlp: Learner<OriginMlpSettings> = { name: "origin-mlp", fit };

/** Wide tables get fewer bins, so that the network does not grow with both. */
const mostEncodedColumns = 8_192;

async function fit(
  training: Samples,
  validation: Samples,
  settings: MlpSettings | OriginMlpSettings,
  options: FitOptions,
): Promise<FittedLearner> {
  try {
    const mostBins = Math.max(1, Math.floor(mostEncodedColumns / training.columnCount));
    const encoding = fitEncoding(training, Math.min(settings.bins, mostBins));
    const network = layOut([encoding.outputColumns, ...settings.hiddenUnits, training.classCount], settings.members);
    const random = createRandom(options.seed);
    const initial = initialParameters(network, random);
    const trainer = await openTrainer(training, network, encoding, initial, settings, options.threads, random);
    try {
      const { parameters, bestEpoch, curve } = await withScorer(validation, network, encoding, options, (scorer) =>
        runEpochs(trainer, scorer, validation, settings, options),
      );
      return { bestEpoch, curve, ...fittedNetwork(network, encoding, parameters) };
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
  network: Network,
  encoding: Encoding,
  { threads }: FitOptions,
  use: (scorer: Scorer) => Promise<Result>,
): Promise<Result> {
  const scorer = await openScorer(validation, network, encoding, threads);
  try {
    return await use(scorer);
  } finally {
    await scorer.close();
  }
}

function fittedNetwork(
  network: Network,
  encoding: Encoding,
  parameters: Float32Array,
): Pick<FittedLearner, "predict" | "addTo"> {
  return {
    predict: (values, rowCount) => forward(network, encoding, parameters, values, rowCount),
    addTo: (graph, input) =>
      addNetwork(graph, encoding.addTo(graph, input), network, addConstantLayers(graph, network, parameters)),
  };
}

interface Best extends ValidationScores {
  readonly epoch: number;
  readonly parameters: Float32Array;
}

/**
 * The best epoch is that of the best watched figure on the validation rows, among equals that of the other; patience
 * counts from the last epoch that bettered the watched one. Without validation rows the last epoch is the best.
 */
async function runEpochs(
  trainer: Trainer,
  scorer: Scorer,
  validation: Samples,
  settings: MlpSettings | OriginMlpSettings,
  { onProgress, signal }: FitOptions,
): Promise<{ parameters: Float32Array; bestEpoch: number; curve: FitProgress[] }> {
  const pacer = createPacer(signal);
  const watched = (scores: ValidationScores) => (settings.stopOn === "loss" ? -scores.loss : scores.macroF1);
  const other = (scores: ValidationScores) => (settings.stopOn === "loss" ? scores.macroF1 : -scores.loss);
  const curve: FitProgress[] = [];
  let best: Best | undefined;
  let lastRise = 0;
  for (let epoch = 1; epoch <= settings.epochs && epoch - lastRise <= settings.patience; epoch++) {
    const { loss: trainLoss, parameters } = await trainer.runEpoch(epoch, pacer);
    const probabilities = await scorer.score(parameters, pacer);
    const scores = scoreValidation(probabilities, validation);
    if (!Number.isFinite(trainLoss) || !Number.isFinite(scores.loss)) {
      throw new FitError("did-not-converge", { learner: settings.learner, epoch });
    }
    if (!best || validation.rowCount === 0 || watched(scores) > watched(best)) {
      lastRise = epoch;
      best = { epoch, parameters, ...scores };
    } else if (watched(scores) === watched(best) && other(scores) > other(best)) {
      best = { epoch, parameters, ...scores };
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
  return { parameters: best.parameters, bestEpoch: best.epoch, curve };
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
