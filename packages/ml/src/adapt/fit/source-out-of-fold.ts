import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, SourceRows } from "../task.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "./view-rows.ts";

const folds = 5;
const shape = { trees: 60, columnShare: 0.4, minLeafRows: 1 };

/**
 * Answers each source row by extra trees that did not see it.
 * @param columns of the source
 * @returns class index per source row
 */
export async function answerSourceOutOfFold(
  columns: readonly Float32Array[],
  { rowCount, labels, weights, classCount }: SourceRows,
  { seed, pool }: InferenceOptions,
): Promise<Int32Array> {
  const filled = fillGaps(columns, mediansOf(columns));
  const all = Int32Array.from({ length: rowCount }, (_, row) => row);
  const fold = all.map((row) => row % folds);
  shuffle(fold, createRandom(seed));
  const answers = new Int32Array(rowCount);
  const answerFold = async (held: number) => {
    const seen = all.filter((row) => fold[row] !== held);
    const unseen = all.filter((row) => fold[row] === held);
    if (seen.length === 0 || unseen.length === 0) return;
    const part = {
      columns: filled,
      rows: seen,
      labels: seen.map((row) => labels[row]),
      weights: Float32Array.from(seen, (row) => weights[row]),
    };
    const job = { learner: shape, samples: samplesOf([part], classCount), rows: rowsOf(filled, unseen) };
    const answered = mostProbableOf((await pool.run({ ...job, seed: seed + held })).answers, classCount);
    for (const [place, row] of unseen.entries()) answers[row] = answered[place];
  };
  await Promise.all(Array.from({ length: folds }, (_, held) => answerFold(held)));
  return answers;
}
