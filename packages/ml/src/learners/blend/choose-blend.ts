import { logLoss } from "../../metrics/log-loss.ts";
import { createPacer } from "../../pacer.ts";
import { createRandom } from "../../random/random.ts";
import { blendProbabilities, type Mean } from "./blend-probabilities.ts";
import { equalShares } from "./equal-shares.ts";
import { greedySelection } from "./greedy-selection.ts";

export interface Blend {
  /** One per candidate, 0 where it is not used; they sum up to 1. */
  readonly weights: readonly number[];
  readonly mean: Mean;
  /** Mean cross-entropy of the blend on the given rows. */
  readonly loss: number;
}

export interface ChooseBlendOptions {
  /** Per candidate, what it is akin to. */
  readonly families: readonly string[];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that equal shares weigh as much as. */
const priorRows = 100;
/** Draws of the rows at most, and rows of all draws. */
const mostDraws = 10;
const rowsOfAllDraws = 20_000;
/** A member that gets less adds more work than it helps. */
const leastWeight = 0.05;

/**
 * Weights for learners from what they said of rows that they had not learned from: the mean of greedy selections on
 * several draws of the rows, since the optimum of one sample is as much chance as fact where rows are few, moved
 * towards equal shares by as much as the rows are few. The arithmetic or the geometric mean is taken, whichever loses
 * less with its weights.
 * @param parts per candidate `rows × classCount` calibrated out-of-fold probabilities of the same rows
 * @param actual class index per row
 */
export async function chooseBlend(
  parts: readonly Float32Array[],
  actual: Int32Array,
  classCount: number,
  { families, seed, signal }: ChooseBlendOptions,
): Promise<Blend> {
  const pacer = createPacer(signal);
  const equal = equalShares(parts, families, actual, classCount);
  const priorShare = priorRows / (priorRows + actual.length);
  const draws = drawsOf(actual.length, seed);
  async function blend(mean: Mean): Promise<Blend> {
    const sums = new Array<number>(parts.length).fill(0);
    for (const rows of draws) {
      const { weights } = await greedySelection(parts, rows, actual, classCount, mean, pacer);
      for (const [index, weight] of weights.entries()) sums[index] += weight / draws.length;
    }
    const weights = withoutSmall(sums.map((weight, index) => (1 - priorShare) * weight + priorShare * equal[index]));
    return { weights, mean, loss: logLoss(blendProbabilities(parts, weights, classCount, mean), actual, classCount) };
  }
  const arithmetic = await blend("arithmetic");
  const geometric = await blend("geometric");
  return geometric.loss < arithmetic.loss ? geometric : arithmetic;
}

/** Rows drawn with replacement, several times; where rows are many, all of them once. */
function drawsOf(rowCount: number, seed: number): Int32Array[] {
  const draws = Math.min(mostDraws, Math.floor(rowsOfAllDraws / rowCount));
  if (draws < 2) return [Int32Array.from({ length: rowCount }, (_, row) => row)];
  const random = createRandom(seed);
  return Array.from({ length: draws }, () => Int32Array.from({ length: rowCount }, () => random.below(rowCount)));
}

/** Of candidates that are all small, the greatest stays. */
function withoutSmall(weights: readonly number[]): number[] {
  const least = Math.min(leastWeight, Math.max(...weights));
  const kept = weights.map((weight) => (weight >= least ? weight : 0));
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return kept.map((weight) => weight / total);
}
