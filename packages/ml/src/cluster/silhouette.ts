import { createPacer } from "../pacer.ts";

/**
 * Mean silhouette (P. Rousseeuw, 1987): how much nearer rows are to their own cluster than to the next, −1 to 1. 0 where
 * there is one cluster only. Time grows with the square of the rows.
 * @param values `rowCount × width`, row by row
 * @param assignments cluster per row, each 0 to `clusterCount` − 1
 */
export async function silhouette(
  values: Float32Array,
  width: number,
  assignments: Int32Array,
  clusterCount: number,
  signal?: AbortSignal,
): Promise<number> {
  const rowCount = assignments.length;
  const pacer = createPacer(signal);
  const counts = new Int32Array(clusterCount);
  for (const cluster of assignments) counts[cluster]++;
  const sums = new Float64Array(clusterCount);
  let total = 0;
  for (let row = 0; row < rowCount; row++) {
    await pacer.giveWay();
    const own = assignments[row];
    if (counts[own] < 2) continue;
    sums.fill(0);
    for (let other = 0; other < rowCount; other++) {
      let square = 0;
      for (let column = 0; column < width; column++) {
        const difference = values[row * width + column] - values[other * width + column];
        square += difference * difference;
      }
      sums[assignments[other]] += Math.sqrt(square);
    }
    const inside = sums[own] / (counts[own] - 1);
    let outside = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      if (cluster !== own && counts[cluster] > 0) outside = Math.min(outside, sums[cluster] / counts[cluster]);
    }
    const greater = Math.max(inside, outside);
    if (Number.isFinite(outside) && greater > 0) total += (outside - inside) / greater;
  }
  return total / rowCount;
}
