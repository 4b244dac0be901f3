import { createPacer } from "../pacer.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

export interface PrincipalAxes {
  /** Dimensions of the rows. */
  readonly dimensions: number;
  /** Number of axes. */
  readonly count: number;
  readonly mean: Float32Array;
  /** `count × dimensions`, of length 1, the axis of greatest variance first; their greatest coefficient is positive. */
  readonly axes: Float32Array;
  /** Share of the whole variance per axis. */
  readonly shares: Float64Array;
}

/**
 * Principal component analysis by the eigenvectors of the covariance (K. Pearson, 1901; H. Hotelling, 1933).
 * @param values `rowCount × dimensions`, row by row, finite
 * @param most axes wanted; no more than there are dimensions
 */
export async function fitPrincipalAxes(
  values: Float32Array,
  rowCount: number,
  dimensions: number,
  most: number,
  signal?: AbortSignal,
): Promise<PrincipalAxes> {
  const pacer = createPacer(signal);
  const mean = new Float64Array(dimensions);
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < dimensions; column++) mean[column] += values[row * dimensions + column] / rowCount;
  }
  const covariance = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let row = 0; row < rowCount; row++) {
    if (row % 16 === 0) await pacer.giveWay();
    for (let column = 0; column < dimensions; column++) {
      centred[column] = values[row * dimensions + column] - mean[column];
    }
    for (let one = 0; one < dimensions; one++) {
      const factor = centred[one] / rowCount;
      for (let other = one; other < dimensions; other++)
        covariance[one * dimensions + other] += factor * centred[other];
    }
  }
  let total = 0;
  for (let one = 0; one < dimensions; one++) {
    total += covariance[one * dimensions + one];
    for (let other = 0; other < one; other++) {
      covariance[one * dimensions + other] = covariance[other * dimensions + one];
    }
  }
  const { values: variances, vectors } = await symmetricEigen(covariance, dimensions, signal);
  const count = Math.min(most, dimensions);
  const axes = new Float32Array(count * dimensions);
  for (let axis = 0; axis < count; axis++) axes.set(upright(vectors, axis * dimensions, dimensions), axis * dimensions);
  const shares = variances.subarray(0, count).map((variance) => (total > 0 ? Math.max(0, variance) / total : 0));
  return { dimensions, count, mean: Float32Array.from(mean), axes, shares };
}

/** An eigenvector is as good as its opposite: the one is taken whose greatest coefficient is positive. */
function upright(vectors: Float64Array, offset: number, length: number): Float64Array {
  const vector = vectors.subarray(offset, offset + length);
  let greatest = 0;
  for (const coefficient of vector) if (Math.abs(coefficient) > Math.abs(greatest)) greatest = coefficient;
  return greatest < 0 ? vector.map((coefficient) => -coefficient) : vector;
}

/**
 * Coordinates of a row along the axes.
 * @param values the row from `offset`
 * @param target takes one number per axis from `at`
 */
export function projectRow(
  { dimensions, count, mean, axes }: PrincipalAxes,
  values: Float32Array,
  offset: number,
  target: Float32Array,
  at: number,
): void {
  for (let axis = 0; axis < count; axis++) {
    let sum = 0;
    const from = axis * dimensions;
    for (let column = 0; column < dimensions; column++) {
      sum += axes[from + column] * (values[offset + column] - mean[column]);
    }
    target[at + axis] = sum;
  }
}

/** @returns `rowCount × count` coordinates, row by row */
export function projectRows(axes: PrincipalAxes, values: Float32Array, rowCount: number): Float32Array {
  const projected = new Float32Array(rowCount * axes.count);
  for (let row = 0; row < rowCount; row++) projectRow(axes, values, row * axes.dimensions, projected, row * axes.count);
  return projected;
}
