/** A row may count for several classes; each by what it is believed. */
export interface SoftRows {
  /** Rows, some several times. */
  readonly rows: Int32Array;
  readonly labels: Int32Array;
  readonly weights: Float32Array;
}

/** Classes that a row is believed less are passed over. */
const leastBelief = 0.05;

/**
 * Rows with probabilities of classes as labelled rows with weights; those of a row sum up to 1.
 * @param posterior `all rows × classCount`
 * @param rows which rows
 */
export function softRows(posterior: Float64Array, classCount: number, rows: Int32Array): SoftRows {
  const taken: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const row of rows) {
    const own = posterior.subarray(row * classCount, (row + 1) * classCount);
    const believed = own.reduce((sum, belief) => (belief >= leastBelief ? sum + belief : sum), 0);
    const most = Math.max(...own);
    for (const [label, belief] of own.entries()) {
      if (belief < Math.min(leastBelief, most)) continue;
      taken.push(row);
      labels.push(label);
      weights.push(belief / (believed || 1));
    }
  }
  return { rows: Int32Array.from(taken), labels: Int32Array.from(labels), weights: Float32Array.from(weights) };
}
