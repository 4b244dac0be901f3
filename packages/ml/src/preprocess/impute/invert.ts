/**
 * The inverse of a symmetric positive definite matrix by Cholesky's decomposition.
 * @param matrix `size × size`
 * @throws RangeError where it is not positive definite
 */
export function invertPositiveDefinite(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column];
      for (let inner = 0; inner < column; inner++) rest -= lower[row * size + inner] * lower[column * size + inner];
      if (row !== column) lower[row * size + column] = rest / lower[column * size + column];
      else if (rest > 0) lower[row * size + row] = Math.sqrt(rest);
      else throw new RangeError("the matrix is not positive definite");
    }
  }
  const inverse = new Float64Array(size * size);
  const solution = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) {
      let rest = row === column ? 1 : 0;
      for (let inner = 0; inner < row; inner++) rest -= lower[row * size + inner] * solution[inner];
      solution[row] = rest / lower[row * size + row];
    }
    for (let row = size - 1; row >= 0; row--) {
      let rest = solution[row];
      for (let inner = row + 1; inner < size; inner++) rest -= lower[inner * size + row] * solution[inner];
      solution[row] = rest / lower[row * size + row];
    }
    for (let row = 0; row < size; row++) inverse[row * size + column] = solution[row];
  }
  return inverse;
}
