/**
 * Solves `A · X = B` for a symmetric positive definite A by Cholesky's factors.
 * @param matrix `size × size`, row by row; is written over
 * @param right `size × columns`, row by row
 * @returns X, `size × columns`
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k] * matrix[column * size + k];
      matrix[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[column * size + column];
    }
  }
  const columns = right.length / size;
  const found = right.slice();
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < size; row++) {
      let sum = found[row * columns + column];
      for (let k = 0; k < row; k++) sum -= matrix[row * size + k] * found[k * columns + column];
      found[row * columns + column] = sum / matrix[row * size + row];
    }
    for (let row = size - 1; row >= 0; row--) {
      let sum = found[row * columns + column];
      for (let k = row + 1; k < size; k++) sum -= matrix[k * size + row] * found[k * columns + column];
      found[row * columns + column] = sum / matrix[row * size + row];
    }
  }
  return found;
}
