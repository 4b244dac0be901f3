import { createPacer, type Pacer } from "../../pacer.ts";
import { leastProbability, type Mean } from "./blend-probabilities.ts";

export interface Blend {
  /** One per candidate, 0 where it is not used; they sum up to 1. */
  readonly weights: readonly number[];
  readonly mean: Mean;
  /** Mean cross-entropy of the blend on the given rows. */
  readonly loss: number;
}

/** Shares that weights are counted in. */
const picks = 40;
/** A member that gets less adds more work than it helps. */
const leastWeight = 0.05;

/**
 * Weights for learners from what they said of rows that they had not learned from: greedy selection with replacement
 * (R. Caruana et al., "Ensemble Selection from Libraries of Models", 2004) by cross-entropy, for the arithmetic and the
 * geometric mean; the better of the two is taken. Of equals the first candidate counts.
 * @param parts per candidate `rows × classCount` out-of-fold probabilities of the same rows
 * @param actual class index per row
 */
export async function chooseBlend(
  parts: readonly Float32Array[],
  actual: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<Blend> {
  const pacer = createPacer(signal);
  const arithmetic = await greedy(parts, actual, classCount, "arithmetic", pacer);
  const geometric = await greedy(parts, actual, classCount, "geometric", pacer);
  return geometric.loss < arithmetic.loss ? geometric : arithmetic;
}

async function greedy(
  parts: readonly Float32Array[],
  actual: Int32Array,
  classCount: number,
  mean: Mean,
  pacer: Pacer,
): Promise<Blend> {
  const lossOf = mean === "arithmetic" ? arithmeticLoss : geometricLoss;
  const terms = mean === "arithmetic" ? parts : parts.map(logarithms);
  const counts = new Array<number>(parts.length).fill(0);
  const sums = new Float64Array(parts[0].length);
  let best = { counts: counts.slice(), loss: Number.POSITIVE_INFINITY };
  for (let pick = 1; pick <= picks; pick++) {
    let found = { index: 0, loss: Number.POSITIVE_INFINITY };
    for (const [index, term] of terms.entries()) {
      await pacer.giveWay();
      const loss = lossOf(sums, term, pick, actual, classCount);
      if (loss < found.loss) found = { index, loss };
    }
    counts[found.index]++;
    for (let cell = 0; cell < sums.length; cell++) sums[cell] += terms[found.index][cell];
    if (found.loss < best.loss) best = { counts: counts.slice(), loss: found.loss };
  }
  const total = best.counts.reduce((sum, count) => sum + count, 0);
  const kept = best.counts.map((count) => (count / total >= leastWeight ? count : 0));
  const left = kept.reduce((sum, count) => sum + count, 0);
  return { weights: kept.map((count) => count / left), mean, loss: best.loss };
}

function logarithms(probabilities: Float32Array): Float32Array {
  return probabilities.map((probability) => Math.log(Math.max(probability, leastProbability)));
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
