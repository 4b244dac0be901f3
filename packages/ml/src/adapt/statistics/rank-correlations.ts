/**
 * Correlations of ranks, gaps counting as the middle rank.
 * @param ranks per column, 0 to 1, NaN for a gap
 * @param weights one per row; default all alike
 * @returns `columns × columns`, 0 with a column that does not vary
 */
export function rankCorrelations(ranks: readonly Float32Array[], weights?: ArrayLike<number>): Float64Array {
  const size = ranks.length;
  const centred = ranks.map((column) => column.map((rank) => (Number.isNaN(rank) ? 0 : rank - 0.5)));
  if (weights) {
    const roots = Float64Array.from(weights, Math.sqrt);
    for (const column of centred) for (let row = 0; row < column.length; row++) column[row] *= roots[row];
  }
  const norms = centred.map((column) => Math.sqrt(column.reduce((sum, value) => sum + value * value, 0)));
  const correlations = new Float64Array(size * size);
  for (let one = 0; one < size; one++) {
    for (let other = 0; other <= one; other++) {
      let product = 0;
      const [a, b] = [centred[one], centred[other]];
      for (let row = 0; row < a.length; row++) product += a[row] * b[row];
      const norm = norms[one] * norms[other];
      const value = norm > 0 ? product / norm : 0;
      correlations[one * size + other] = value;
      correlations[other * size + one] = value;
    }
  }
  return correlations;
}
