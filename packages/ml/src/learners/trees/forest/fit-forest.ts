import type { Worker } from "node:worker_threads";
import { confusionMatrix } from "../../../metrics/confusion-matrix.ts";
import { logLoss } from "../../../metrics/log-loss.ts";
import { macroF1 } from "../../../metrics/macro-f1.ts";
import { mostProbable } from "../../../metrics/most-probable.ts";
import { startWorker } from "../../../workers/start-worker.ts";
import type { FitOptions, FitProgress, Samples } from "../../learner.ts";
import { predictEnsemble } from "../predict-ensemble.ts";
import type { Tree, TreeEnsemble } from "../tree.ts";
import { type ForestRows, layOutForestRows } from "./forest-rows.ts";
import type { ForestSettings } from "./forest-settings.ts";

export interface ForestTask {
  readonly rows: ForestRows;
  readonly settings: ForestSettings;
  readonly seed: number;
  readonly thread: number;
  /** Shared: the number of the next tree to grow. */
  readonly nextTree: Int32Array;
}

export interface GrownForestTree {
  readonly number: number;
  readonly tree: Tree;
}

export interface Forest {
  /** Its outputs are the probabilities. */
  readonly ensemble: TreeEnsemble;
  readonly curve: readonly FitProgress[];
}

const treesPerReport = 10;
/** Training rows that the training loss is told of. */
const scoredTrainingRows = 1_000;

/**
 * A random forest (L. Breiman, Machine Learning 45, 2001; `split: "best"`) or extra trees (P. Geurts et al., Machine
 * Learning 63, 2006; `split: "random"`) by Gini impurity; a leaf answers with the class shares of its training rows. A
 * gap goes to the side that gains more, or where `drawnGaps` says so to one drawn. Rows of different weight within a class are drawn by weight for each tree.
 *
 * The trees depend on rows, settings and seed alone, not on the number of threads.
 * @param training raw float32 values, NaN for a gap
 * @param validation only for the curve
 * @throws FitError "out-of-memory"; the signal's reason once it is aborted
 */
export async function fitForest(
  training: Samples,
  validation: Samples,
  settings: ForestSettings,
  options: FitOptions,
): Promise<Forest> {
  const threads = Math.max(1, Math.min(options.threads, settings.trees));
  const rows = layOutForestRows(training, settings, threads);
  const report = reporter(training, validation, settings);
  const trees: Tree[] = [];
  const curve: FitProgress[] = [];
  const unreported: Tree[] = [];
  let grown = 0;
  for await (const { number, tree } of growTrees(rows, settings, options, threads)) {
    trees[number] = tree;
    unreported.push(tree);
    grown++;
    if (grown % treesPerReport !== 0 && grown !== settings.trees) continue;
    const progress = report(unreported.splice(0), grown);
    curve.push(progress);
    await options.onProgress?.(progress);
  }
  const { columnCount, classCount } = training;
  return {
    ensemble: { columnCount, outputCount: classCount, base: new Float32Array(classCount), trees },
    curve,
  };
}

/** Trees in the order in which the threads finish them. */
async function* growTrees(
  rows: ForestRows,
  settings: ForestSettings,
  { seed, signal }: FitOptions,
  threads: number,
): AsyncGenerator<GrownForestTree> {
  signal?.throwIfAborted();
  const nextTree = new Int32Array(new SharedArrayBuffer(4));
  const workers: Worker[] = [];
  const received: GrownForestTree[] = [];
  let failure: { readonly error: unknown } | undefined;
  let wake = () => {};
  const fail = (error: unknown) => {
    failure ??= { error };
    wake();
  };
  const abort = () => fail(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    for (let thread = 0; thread < threads; thread++) {
      const workerData: ForestTask = { rows, settings, seed, thread, nextTree };
      const worker = startWorker(new URL("./forest-worker.ts", import.meta.url), { workerData });
      workers.push(worker);
      worker.on("error", fail);
      worker.on("message", (message: GrownForestTree) => {
        received.push(message);
        wake();
      });
    }
    for (let grown = 0; grown < settings.trees; grown++) {
      while (received.length === 0 && !failure) await new Promise<void>((resolve) => (wake = resolve));
      if (failure) throw failure.error;
      yield received.shift()!;
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Keeps the sums of the trees so far, for the rows that the curve tells of. */
function reporter(training: Samples, validation: Samples, { trees }: ForestSettings) {
  const { classCount, columnCount } = training;
  const scored = Math.min(scoredTrainingRows, training.rowCount);
  const picked = Int32Array.from({ length: scored }, (_, index) => Math.floor((index * training.rowCount) / scored));
  const values = new Float32Array(scored * columnCount);
  for (const [index, row] of picked.entries()) {
    values.set(training.values.subarray(row * columnCount, (row + 1) * columnCount), index * columnCount);
  }
  const parts = [
    { values, labels: picked.map((row) => training.labels[row]), sums: new Float64Array(scored * classCount) },
    { ...validation, sums: new Float64Array(validation.rowCount * classCount) },
  ];
  return (grown: readonly Tree[], count: number): FitProgress => {
    const base = new Float32Array(classCount);
    const [trainingPart, validationPart] = parts.map((part) => {
      const more = predictEnsemble(
        { columnCount, outputCount: classCount, base, trees: grown },
        part.values,
        part.labels.length,
      );
      for (const [at, value] of more.entries()) part.sums[at] += value;
      const probabilities = Float32Array.from(part.sums, (sum) => (sum * trees) / count);
      const confusion = confusionMatrix(part.labels, mostProbable(probabilities, classCount), classCount);
      return { loss: logLoss(probabilities, part.labels, classCount), macroF1: macroF1(confusion) };
    });
    return {
      epoch: count,
      epochs: trees,
      trainLoss: trainingPart.loss,
      validationLoss: validationPart.loss,
      validationMacroF1: validationPart.macroF1,
    };
  };
}
