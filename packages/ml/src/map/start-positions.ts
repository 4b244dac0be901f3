/**
 * Where an embedding starts: the first two principal coordinates, scaled to a standard deviation, so that the large
 * shape of the data is right from the start (D. Kobak, P. Berens, 2019).
 * @param coordinates `rowCount × width`, principal coordinates, row by row
 * @param spread standard deviation along the first axis
 * @returns `rowCount × 2`, row by row
 */
export function startPositions(
  coordinates: Float32Array,
  rowCount: number,
  width: number,
  spread: number,
): Float64Array {
  let squares = 0;
  for (let row = 0; row < rowCount; row++) squares += coordinates[row * width] ** 2;
  const factor = squares > 0 ? spread / Math.sqrt(squares / rowCount) : 0;
  const positions = new Float64Array(2 * rowCount);
  for (let row = 0; row < rowCount; row++) {
    positions[2 * row] = coordinates[row * width] * factor;
    if (width > 1) positions[2 * row + 1] = coordinates[row * width + 1] * factor;
  }
  return positions;
}
