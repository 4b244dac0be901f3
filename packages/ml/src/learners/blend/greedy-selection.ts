import type { Pacer } from "../../pacer.ts";
import { leastProbability, type Mean } from "./blend-probabilities.ts";

/** Shares that weights are counted in. */
const picks = 40;

/**
 * Weights by greedy selection with replacement (R. Caruana et al., "Ensemble Selection from Libraries of Models", 2004):
 * again and again the candidate joins whose presence lowers the cross-entropy of the mean the most; of equals the first.
 * @param parts per candidate `rows × classCount` probabilities of the same rows
 * @param rows places of the rows that count, each as often as it stands there
 * @param actual class index per row
 * @returns one weight per candidate, with a sum of 1, and the mean's loss
 */
export async function greedySelection(
  parts: readonly Float32Array[],
  rows: Int32Array,
  actual: Int32Array,
  classCount: number,
  mean: Mean,
  pacer: Pacer,
): Promise<{ weights: number[]; loss: number }> {
  const lossOf = mean === "arithmetic" ? arithmeticLoss : geometricLoss;
  const terms = parts.map((part) => termsOf(part, rows, classCount, mean));
  const labels = rows.map((row) => actual[row]);
  const counts = new Array<number>(parts.length).fill(0);
  const sums = new Float64Array(rows.length * classCount);
  let best = { counts: counts.slice(), loss: Number.POSITIVE_INFINITY };
  for (let pick = 1; pick <= picks; pick++) {
    let found = { index: 0, loss: Number.POSITIVE_INFINITY };
    for (const [index, term] of terms.entries()) {
      await pacer.giveWay();
      const loss = lossOf(sums, term, pick, labels, classCount);
      if (loss < found.loss) found = { index, loss };
    }
    counts[found.index]++;
    for (let cell = 0; cell < sums.length; cell++) sums[cell] += terms[found.index][cell];
    if (found.loss < best.loss) best = { counts: counts.slice(), loss: found.loss };
  }
  const total = best.counts.reduce((sum, count) => sum + count, 0);
  return { weights: best.counts.map((count) => count / total), loss: best.loss };
}

function termsOf(part: Float32Array, rows: Int32Array, classCount: number, mean: Mean): Float32Array {
  const terms = new Float32Array(rows.length * classCount);
  for (const [place, row] of rows.entries()) {
    terms.set(part.subarray(row * classCount, (row + 1) * classCount), place * classCount);
  }
  if (mean === "arithmetic") return terms;
  return terms.map((probability) => Math.log(Math.max(probability, leastProbability)));
}

/** Of the mean of `count` terms, the last of which is not in the sums yet. */
function arithmeticLoss(
  sums: Float64Array,
  term: Float32Array,
  count: number,
  actual: Int32Array,
  classCount: number,
): number {
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const cell = row * classCount + actual[row];
    total -= Math.log(Math.max((sums[cell] + term[cell]) / count, leastProbability));
  }
  return total / actual.length;
}

function geometricLoss(
  sums: Float64Array,
  term: Float32Array,
  count: number,
  actual: Int32Array,
  classCount: number,
): number {
  let total = 0;
  for (let row = 0; row < actual.length; row++) {
    const first = row * classCount;
    let largest = Number.NEGATIVE_INFINITY;
    for (let cell = first; cell < first + classCount; cell++) largest = Math.max(largest, sums[cell] + term[cell]);
    let sum = 0;
    for (let cell = first; cell < first + classCount; cell++) {
      sum += Math.exp((sums[cell] + term[cell] - largest) / count);
    }
    const own = first + actual[row];
    total += Math.log(sum) - (sums[own] + term[own] - largest) / count;
  }
  return total / actual.length;
}
