import { createPacer } from "../pacer.ts";

/**
 * The rows of each cluster that are nearest to its mean, the nearest first.
 * @param values `rows.length × width`, scaled, row by row
 * @param rows row numbers
 * @param assignments cluster per place among the rows, −1 for none
 */
export async function findExemplars(
  values: Float32Array,
  width: number,
  rows: Int32Array,
  assignments: Int32Array,
  clusterCount: number,
  most: number,
  signal?: AbortSignal,
): Promise<number[][]> {
  const pacer = createPacer(signal);
  const means = new Float64Array(clusterCount * width);
  const counts = new Int32Array(clusterCount);
  for (let place = 0; place < rows.length; place++) {
    if (assignments[place] < 0) continue;
    counts[assignments[place]]++;
    for (let column = 0; column < width; column++) {
      means[assignments[place] * width + column] += values[place * width + column];
    }
  }
  const squares = new Float64Array(rows.length);
  const members: number[][] = Array.from({ length: clusterCount }, () => []);
  for (let place = 0; place < rows.length; place++) {
    if (place % 64 === 0) await pacer.giveWay();
    const cluster = assignments[place];
    if (cluster < 0) continue;
    for (let column = 0; column < width; column++) {
      const mean = means[cluster * width + column] / counts[cluster];
      squares[place] += (values[place * width + column] - mean) ** 2;
    }
    members[cluster].push(place);
  }
  return members.map((places) =>
    places
      .sort((one, other) => squares[one] - squares[other] || one - other)
      .slice(0, most)
      .map((place) => rows[place]),
  );
}
