import { leastProbability } from "./blend-probabilities.ts";

/** Standard errors within which a candidate may be as good as the best. */
const standardErrors = 2;

/**
 * Weights that suppose nothing: the families of candidates that may be as good as the best share equally, and so do the
 * candidates within a family. What may be as good is told by the rows' differences in cross-entropy.
 * @param parts per candidate `rows × classCount` probabilities of the same rows
 * @param families per candidate, what it is akin to
 * @returns one weight per candidate, with a sum of 1
 */
export function equalShares(
  parts: readonly Float32Array[],
  families: readonly string[],
  actual: Int32Array,
  classCount: number,
): number[] {
  const losses = parts.map((part) => rowLosses(part, actual, classCount));
  const means = losses.map((each) => each.reduce((sum, loss) => sum + loss, 0) / actual.length);
  const best = means.indexOf(Math.min(...means));
  const close = losses.map((each, index) => {
    const behind = means[index] - means[best];
    const squares = each.reduce((sum, loss, row) => sum + (loss - losses[best][row] - behind) ** 2, 0);
    return behind <= (standardErrors * Math.sqrt(squares)) / actual.length;
  });
  const sizes = new Map<string, number>();
  for (const [index, family] of families.entries()) {
    if (close[index]) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  }
  return families.map((family, index) => (close[index] ? 1 / sizes.size / (sizes.get(family) ?? 1) : 0));
}

function rowLosses(part: Float32Array, actual: Int32Array, classCount: number): Float64Array {
  return Float64Array.from(
    actual,
    (label, row) => -Math.log(Math.max(part[row * classCount + label], leastProbability)),
  );
}
