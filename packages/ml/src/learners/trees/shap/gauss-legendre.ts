export interface Quadrature {
  /** Within 0 and 1, exclusive. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const kept: Quadrature[] = [];

/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials of degree 2·count − 1 or less. The roots are found by
 * Newton's method from Tricomi's approximation.
 * @param count at least 1
 */
export function gaussLegendre(count: number): Quadrature {
  kept[count] ??= compute(count);
  return kept[count];
}

function compute(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      let value = 1;
      let former = 0;
      for (let degree = 1; degree <= count; degree++) {
        [value, former] = [((2 * degree - 1) * x * value - (degree - 1) * former) / degree, value];
      }
      slope = (count * (x * value - former)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    points[index] = (1 - x) / 2;
    weights[index] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}
