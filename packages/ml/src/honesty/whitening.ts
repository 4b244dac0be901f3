/**
 * A linear map that makes a covariance the identity, and the logarithm of the covariance's determinant.
 */
export interface Whitening {
  /** `size × size`, row by row: the inverse of the Cholesky factor (lower triangle). */
  readonly map: Float64Array;
  readonly logDeterminant: number;
}

/**
 * @param covariance symmetric and positive definite, `size × size`, row by row
 */
export function fitWhitening(covariance: Float64Array, size: number): Whitening {
  const factor = cholesky(covariance, size);
  const map = new Float64Array(size * size);
  let logDeterminant = 0;
  for (let column = 0; column < size; column++) {
    logDeterminant += 2 * Math.log(factor[column * size + column]);
    for (let row = column; row < size; row++) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k++) sum -= factor[row * size + k] * map[k * size + column];
      map[row * size + column] = sum / factor[row * size + row];
    }
  }
  return { map, logDeterminant };
}

function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column];
      for (let k = 0; k < column; k++) sum -= factor[row * size + k] * factor[column * size + k];
      if (row !== column) factor[row * size + column] = sum / factor[column * size + column];
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else throw new RangeError("the covariance is not positive definite");
    }
  }
  return factor;
}

/** The inverse of the covariance, `size × size`. */
export function precisionOf({ map }: Whitening, size: number): Float64Array {
  const precision = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < size; k++) sum += map[k * size + i] * map[k * size + j];
      precision[i * size + j] = sum;
      precision[j * size + i] = sum;
    }
  }
  return precision;
}
