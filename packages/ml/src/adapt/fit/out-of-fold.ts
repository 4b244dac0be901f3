import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { LabelledTarget } from "../task.ts";

const folds = 5;
/** Weight of a labelled row before its class is balanced; a diagnosis weighs its confidence. */
const labelledWeight = 5;

/** Target rows with the classes that they are held to have. */
export interface HeldRows {
  readonly rows: Int32Array;
  readonly labels: Int32Array;
  readonly weights: Float32Array;
}

export interface OutOfFold {
  /** What the rows are held to be, `target rows × classCount`. */
  readonly posterior: Float64Array;
  readonly classCount: number;
  readonly labelled: LabelledTarget | undefined;
  /** Weight of all rows together. */
  readonly weight: number;
  readonly seed: number;
}

/**
 * Answers each target row by a learner that did not see what it is held to be. Labelled rows take part in every fold and
 * keep their labels.
 * @param learn learns from `seen` and answers `unseen`, row by row
 * @returns `target rows × classCount`
 */
export async function answerOutOfFold(
  { posterior, classCount, labelled, weight, seed }: OutOfFold,
  learn: (seen: HeldRows, unseen: Int32Array, seed: number) => Promise<Float64Array>,
): Promise<Float64Array> {
  const rowCount = posterior.length / classCount;
  const labels = mostProbableOf(posterior, classCount);
  const weights = Float32Array.from(labels, (label, row) => posterior[row * classCount + label]);
  const fold = dealFolds(rowCount, seed);
  for (const [place, row] of (labelled?.rows ?? []).entries()) {
    labels[row] = labelled?.labels[place] ?? 0;
    weights[row] = labelledWeight;
    fold[row] = -1;
  }
  balance(weights, labels, classCount, weight);
  const answers = new Float64Array(posterior.length);
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const answerFold = async (held: number) => {
    const rows = all.filter((row) => fold[row] !== held);
    const unseen = all.filter((row) => fold[row] === held);
    if (unseen.length === 0) return;
    const seen = {
      rows,
      labels: rows.map((row) => labels[row]),
      weights: Float32Array.from(rows, (row) => weights[row]),
    };
    const answered = await learn(seen, unseen, seed * 100 + held);
    for (const [place, row] of unseen.entries()) {
      answers.set(answered.subarray(place * classCount, (place + 1) * classCount), row * classCount);
    }
  };
  await Promise.all(Array.from({ length: folds }, (_, held) => answerFold(held)));
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
