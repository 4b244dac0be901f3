import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { confusionMatrix } from "../../../metrics/confusion-matrix.ts";
import { macroF1 } from "../../../metrics/macro-f1.ts";
import { createPacer } from "../../../pacer.ts";
import { createRandom } from "../../../random/random.ts";
import { startWorker } from "../../../workers/start-worker.ts";
import type { FitOptions, FitProgress, Samples } from "../../learner.ts";
import { mix } from "../mix.ts";
import type { Tree, TreeEnsemble } from "../tree.ts";
import { TreeWriter } from "../tree-writer.ts";
import type { BoostingPlan } from "./boosting-plan.ts";
import type { BoostingSettings } from "./boosting-settings.ts";
import { BoostingMember, createControl, labelsOf, type NumberedTree } from "./boosting-team.ts";
import type { GrownTree } from "./grown-tree.ts";
import { type PackedRows, packRows } from "./pack-rows.ts";
import { leafValueStep } from "./tree-grower.ts";

export interface BoostedTrees {
  /** Margins by class; their softmax are the probabilities. */
  readonly ensemble: TreeEnsemble;
  readonly bestRound: number;
  readonly curve: readonly FitProgress[];
}

/** Rounds between two reports of progress. */
const roundsPerReport = 10;
const largestFloat = 3.4028234663852886e38;

/**
 * Gradient-boosted trees: one tree per class and round on the gradients of the cross-entropy, grown leaf by leaf on
 * histograms (G. Ke et al., "LightGBM", NIPS 2017), the split of a leaf searched on gradients rounded to whole numbers
 * and the leaf values computed from the exact ones. A gap goes to the side that gains
 * more, or where `drawnGaps` says so to one drawn.
 *
 * The trees depend on rows, settings and seed alone, not on the number of threads.
 * @param training raw float32 values, NaN for a gap
 * @param validation rows that choose the best round; none keep the last one
 * @throws FitError "out-of-memory"; the signal's reason once it is aborted
 */
export async function fitBoostedTrees(
  training: Samples,
  validation: Samples,
  settings: BoostingSettings,
  options: FitOptions,
): Promise<BoostedTrees> {
  const { classCount } = training;
  const threads = Math.max(1, Math.min(options.threads, labelsOf(classCount).length));
  const packed = packRows(training, validation, settings, threads);
  const plan: BoostingPlan = {
    memory: packed.memory,
    addresses: packed.addresses,
    settings,
    classCount,
    rowCount: training.rowCount + validation.rowCount,
    learnedRows: Math.round(training.rowCount * settings.rowShare),
    slotCounts: packed.slotCounts,
    drawnGaps: packed.columns.map((column) => settings.drawnGaps?.[column] ?? 0),
    seed: options.seed,
  };
  const base = setBase(plan, training);
  const { trees, bestRound, curve } = await withTeam(plan, threads, (member, team) =>
    runRounds(plan, training, validation, member, team, options),
  );
  const kept = trees.filter(({ number }) => number < bestRound * labelsOf(classCount).length);
  kept.sort((a, b) => a.number - b.number);
  return {
    ensemble: {
      columnCount: training.columnCount,
      outputCount: classCount,
      base,
      trees: kept.map(({ tree }) => rawTree(tree, packed)),
    },
    bestRound,
    curve,
  };
}

interface Team {
  /** Throws where a thread has failed. */
  check(): void;
  /** The trees of the other threads, once they have ended. */
  trees(): Promise<NumberedTree[]>;
}

async function withTeam(
  plan: BoostingPlan,
  threads: number,
  run: (member: BoostingMember, team: Team) => Promise<Omit<Rounds, "trees">>,
): Promise<Rounds> {
  const control = createControl();
  const workers: Worker[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    const results: Promise<NumberedTree[]>[] = [];
    for (let thread = 1; thread < threads; thread++) {
      const workerData = { plan, control, threads, thread };
      const worker = startWorker(new URL("./boosting-worker.ts", import.meta.url), { workerData });
      workers.push(worker);
      const result = once(worker, "message").then(([trees]) => trees as NumberedTree[]);
      result.catch((error: unknown) => {
        failure ??= { error };
      });
      results.push(result);
    }
    const member = new BoostingMember({ plan, control, threads, thread: 0 });
    const team: Team = {
      check() {
        if (failure) throw failure.error;
      },
      trees: async () => (await Promise.all(results)).flat(),
    };
    const rounds = await run(member, team);
    return { ...rounds, trees: [...member.trees, ...(await team.trees())] };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

interface Rounds {
  readonly trees: NumberedTree[];
  readonly bestRound: number;
  readonly curve: FitProgress[];
}

async function runRounds(
  plan: BoostingPlan,
  training: Samples,
  validation: Samples,
  member: BoostingMember,
  team: Team,
  { signal, onProgress }: FitOptions,
): Promise<Omit<Rounds, "trees">> {
  const { settings } = plan;
  const pacer = createPacer(signal);
  const meet = () =>
    member.barrier.waitGivingWay(async () => {
      team.check();
      await pacer.giveWay();
    });
  const scores = scorer(plan, training, validation);
  const curve: FitProgress[] = [];
  let best = { round: settings.rounds, loss: Number.POSITIVE_INFINITY };
  for (let round = 0; ; round++) {
    member.updateProbabilities();
    await meet();
    let stop = round === settings.rounds;
    if (round > 0 && validation.rowCount > 0) {
      const loss = scores.validationLoss();
      if (loss < best.loss) best = { round, loss };
      stop ||= !Number.isFinite(loss) || round - best.round >= settings.patience;
    }
    if (round > 0 && (round % roundsPerReport === 0 || stop)) {
      const progress: FitProgress = { epoch: round, epochs: settings.rounds, ...scores.all() };
      curve.push(progress);
      await onProgress?.(progress);
    }
    await pacer.giveWay();
    if (!stop && (round === 0 || settings.rowShare < 1)) setWeights(plan, training, round);
    member.prepareRound(stop);
    await meet();
    if (stop) break;
    while (member.growNext(round)) await pacer.giveWay();
    await meet();
  }
  return { bestRound: best.round, curve };
}

/** Log-probabilities of the classes in the training part, as margins of every row. */
function setBase({ memory, addresses, classCount, rowCount }: BoostingPlan, training: Samples): Float32Array {
  const weights = new Float64Array(classCount);
  let total = 0;
  for (let row = 0; row < training.rowCount; row++) {
    weights[training.labels[row]] += training.weights[row];
    total += training.weights[row];
  }
  const logarithms = Array.from(weights, (weight) => Math.log(Math.max(weight / total, 1e-6)));
  const reference = classCount === 2 ? logarithms[0] : 0;
  const base = Float32Array.from(
    logarithms,
    (value) => Math.round((value - reference) / leafValueStep) * leafValueStep,
  );
  for (let label = 0; label < classCount; label++) {
    new Float32Array(memory.buffer, addresses.margins + label * addresses.paddedRows * 4, rowCount).fill(base[label]);
  }
  return base;
}

/** The rows' weights in a round: 0 for those that it does not learn from. */
function setWeights(plan: BoostingPlan, training: Samples, round: number): void {
  const weights = new Float32Array(plan.memory.buffer, plan.addresses.weights, training.rowCount);
  weights.set(training.weights);
  if (plan.learnedRows === training.rowCount) return;
  const random = createRandom(mix(plan.seed ^ 0x5bd1e995, round));
  let left = training.rowCount - plan.learnedRows;
  for (let row = 0; row < training.rowCount; row++) {
    if (random.below(training.rowCount - row) >= left) continue;
    weights[row] = 0;
    left--;
  }
}

function scorer({ memory, addresses, classCount }: BoostingPlan, training: Samples, validation: Samples) {
  const { paddedRows, probabilities: address } = addresses;
  const probabilities = new Float32Array(memory.buffer, address, paddedRows * classCount);
  const loss = (part: Samples, start: number) => {
    let sum = 0;
    for (let row = 0; row < part.rowCount; row++) {
      sum -= Math.log(Math.max(probabilities[part.labels[row] * paddedRows + start + row], 1e-15));
    }
    return sum / part.rowCount;
  };
  const validationLoss = () => loss(validation, training.rowCount);
  return {
    validationLoss,
    all: () => ({
      trainLoss: loss(training, 0),
      validationLoss: validation.rowCount > 0 ? validationLoss() : Number.NaN,
      validationMacroF1: validation.rowCount > 0 ? validationMacroF1() : Number.NaN,
    }),
  };

  function validationMacroF1(): number {
    const predicted = validation.labels.map((_, row) => {
      let best = 0;
      for (let label = 1; label < classCount; label++) {
        const at = training.rowCount + row;
        if (probabilities[label * paddedRows + at] > probabilities[best * paddedRows + at]) best = label;
      }
      return best;
    });
    return macroF1(confusionMatrix(validation.labels, predicted, classCount));
  }
}

/** The tree in terms of columns and values instead of packed columns and bins. */
function rawTree(tree: GrownTree, { columns, edges }: PackedRows): Tree {
  const writer = new TreeWriter();
  for (const cover of tree.cover) writer.addNode(cover);
  for (const [node, column] of tree.columns.entries()) {
    if (column < 0) {
      writer.setValues(node, [tree.label], [tree.values[node]]);
      continue;
    }
    const threshold = Math.min(largestFloat, edges[column][tree.bins[node] - 1]);
    writer.split(node, columns[column], threshold, tree.gapsLeft[node] === 1, tree.left[node], tree.right[node]);
  }
  return writer.finish();
}
