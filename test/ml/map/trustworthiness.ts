/**
 * How far the neighbours on a map are neighbours in truth (J. Venna, S. Kaski, "Neighborhood preservation in nonlinear
 * projection methods", 2001): 1 where they all are, about 0.5 where the map is chance. Quadratic in the rows.
 * @param values `rowCount × width`, row by row
 * @param places `rowCount × 2`, row by row
 * @param count neighbours that are looked at, less than half of the rows
 */
export function trustworthiness(values: Float32Array, width: number, places: Float32Array, count: number): number {
  const rowCount = places.length / 2;
  if (!(count >= 1 && 2 * count < rowCount))
    throw new RangeError("neighbours are at least 1 and under half of the rows");
  let penalty = 0;
  for (let row = 0; row < rowCount; row++) {
    const ranks = ranksOf(distances(values, width, row, rowCount), row);
    const order = ranksOf(distances(places, 2, row, rowCount), row);
    for (let other = 0; other < rowCount; other++) {
      if (other !== row && order[other] <= count) penalty += Math.max(0, ranks[other] - count);
    }
  }
  return 1 - (2 / (rowCount * count * (2 * rowCount - 3 * count - 1))) * penalty;
}

function distances(values: Float32Array, width: number, row: number, rowCount: number): Float64Array {
  const squares = new Float64Array(rowCount);
  for (let other = 0; other < rowCount; other++) {
    for (let column = 0; column < width; column++) {
      squares[other] += (values[other * width + column] - values[row * width + column]) ** 2;
    }
  }
  return squares;
}

/** Rank of each row by distance, 1 for the nearest; 0 for the row itself. */
function ranksOf(squares: Float64Array, self: number): Int32Array {
  const order = Int32Array.from(squares.keys()).sort((one, other) => squares[one] - squares[other] || one - other);
  const ranks = new Int32Array(squares.length);
  let rank = 0;
  for (const row of order) if (row !== self) ranks[row] = ++rank;
  return ranks;
}
