import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, LabelledTarget, SourceRows, View } from "../task.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "./view-rows.ts";

const folds = 5;
const shape = { trees: 60, columnShare: 0.4, minLeafRows: 1 };
/** Weight of a labelled row before its class is balanced; a diagnosis weighs its confidence. */
const labelledWeight = 5;

/**
 * Learns from the source and the target's own diagnoses together, all in all weighing alike; each target row is
 * answered by trees that did not see its diagnosis. Labelled rows take part in every fold and keep their labels.
 * @param posterior `target rows × classCount`
 * @returns the same, out of fold
 */
export async function selfTrain(
  view: View,
  source: SourceRows,
  posterior: Float64Array,
  labelled: LabelledTarget | undefined,
  options: InferenceOptions,
): Promise<Float64Array> {
  const { classCount } = source;
  const rowCount = posterior.length / classCount;
  const labels = mostProbableOf(posterior, classCount);
  const weights = Float32Array.from(labels, (label, row) => posterior[row * classCount + label]);
  const fold = dealFolds(rowCount, options.seed);
  for (const [place, row] of (labelled?.rows ?? []).entries()) {
    labels[row] = labelled?.labels[place] ?? 0;
    weights[row] = labelledWeight;
    fold[row] = -1;
  }
  balance(weights, labels, classCount, source.rowCount);
  const fillers = mediansOf(view.source);
  const sourceColumns = fillGaps(view.source, fillers);
  const targetColumns = fillGaps(view.target, fillers);
  const answers = new Float64Array(posterior.length);
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const learnWithout = async (held: number) => {
    const seen = all.filter((row) => fold[row] !== held);
    const unseen = all.filter((row) => fold[row] === held);
    if (unseen.length === 0) return;
    const samples = samplesOf(
      [
        { columns: sourceColumns, labels: source.labels, weights: source.weights },
        {
          columns: targetColumns,
          rows: seen,
          labels: seen.map((row) => labels[row]),
          weights: Float32Array.from(seen, (row) => weights[row]),
        },
      ],
      classCount,
    );
    const seed = options.seed * 100 + held;
    const rows = rowsOf(targetColumns, unseen);
    const answered = (await options.pool.run({ learner: shape, samples, rows, seed })).answers;
    for (const [place, row] of unseen.entries()) {
      answers.set(answered.subarray(place * classCount, (place + 1) * classCount), row * classCount);
    }
  };
  await Promise.all(Array.from({ length: folds }, (_, held) => learnWithout(held)));
  for (const [place, row] of (labelled?.rows ?? []).entries()) {
    answers[row * classCount + (labelled?.labels[place] ?? 0)] = 1;
  }
  return answers;
}

function dealFolds(rowCount: number, seed: number): Int32Array {
  const fold = Int32Array.from({ length: rowCount }, (_, row) => row % folds);
  shuffle(fold, createRandom(seed));
  return fold;
}

/** Every class weighs the same, one with hardly any rows less; all together `total`. */
function balance(weights: Float32Array, labels: Int32Array, classCount: number, total: number): void {
  const masses = new Float64Array(classCount);
  for (const [row, label] of labels.entries()) masses[label] += weights[row];
  const least = labels.length / classCount / 4;
  let sum = 0;
  for (const [row, label] of labels.entries()) sum += weights[row] /= Math.max(masses[label], least);
  for (let row = 0; row < weights.length; row++) weights[row] *= total / sum;
}
