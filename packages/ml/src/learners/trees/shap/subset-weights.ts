/** Shapley's weights s! (n − s − 1)! / n! of the subsets of s out of n columns, kept for each n. */
export class SubsetWeights {
  readonly #byCount: Float64Array[] = [];

  /** @param count n, at least 1 */
  of(count: number): Float64Array {
    this.#byCount[count] ??= weightsOf(count);
    return this.#byCount[count];
  }
}

function weightsOf(count: number): Float64Array {
  const weights = new Float64Array(count);
  weights[0] = 1 / count;
  for (let size = 1; size < count; size++) weights[size] = (weights[size - 1] * size) / (count - size);
  return weights;
}
