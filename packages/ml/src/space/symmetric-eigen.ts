import { createPacer } from "../pacer.ts";

/** More than a matrix of any size needs: convergence is quadratic. */
const mostSweeps = 60;
const tolerance = 1e-24;

export interface SymmetricEigen {
  /** In falling order. */
  readonly values: Float64Array;
  /** One after the other, in the order of the values, of length 1. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (G. H. Golub, C. F. Van Loan, "Matrix
 * computations", 1996, 8.4).
 * @param matrix `size × size`, row by row; left as it is
 */
export async function symmetricEigen(
  matrix: Float64Array,
  size: number,
  signal?: AbortSignal,
): Promise<SymmetricEigen> {
  const pacer = createPacer(signal);
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let index = 0; index < size; index++) vectors[index * size + index] = 1;
  const whole = squares(a, size, false);
  for (let sweep = 0; sweep < mostSweeps && squares(a, size, true) > tolerance * whole; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      await pacer.giveWay();
      for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, index) => index).sort(
    (one, other) => a[other * size + other] - a[one * size + one] || one - other,
  );
  const sorted = new Float64Array(size * size);
  for (const [place, index] of order.entries()) {
    sorted.set(vectors.subarray(index * size, (index + 1) * size), place * size);
  }
  return { values: Float64Array.from(order, (index) => a[index * size + index]), vectors: sorted };
}

function squares(a: Float64Array, size: number, offDiagonal: boolean): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!offDiagonal || row !== column) sum += a[row * size + column] ** 2;
    }
  }
  return sum;
}

/** Makes a[p][q] 0; both halves of `a` are kept, `vectors` has one vector per row. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const akp = a[k * size + p];
    const akq = a[k * size + q];
    a[k * size + p] = c * akp - s * akq;
    a[k * size + q] = s * akp + c * akq;
  }
  for (let k = 0; k < size; k++) {
    const apk = a[p * size + k];
    const aqk = a[q * size + k];
    a[p * size + k] = c * apk - s * aqk;
    a[q * size + k] = s * apk + c * aqk;
    const vp = vectors[p * size + k];
    const vq = vectors[q * size + k];
    vectors[p * size + k] = c * vp - s * vq;
    vectors[q * size + k] = s * vp + c * vq;
  }
}
