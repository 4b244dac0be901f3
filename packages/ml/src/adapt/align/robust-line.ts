const iterations = 30;
const leastResidual = 0.05;
const leastSlope = 0.05;
const mostSlope = 20;

/**
 * The line `y ≈ slope · x + offset` of the least absolute residuals, by iterated weighted least squares (E. Schlossmacher,
 * 1973); the slope from 0.05 to 20.
 * @param x of about unit scale
 */
export function robustLine(x: ArrayLike<number>, y: ArrayLike<number>): { slope: number; offset: number } {
  const weights = new Float64Array(x.length).fill(1);
  let line = { slope: 1, offset: 0 };
  for (let iteration = 0; iteration < iterations; iteration++) {
    let total = 0;
    let meanX = 0;
    let meanY = 0;
    for (let i = 0; i < x.length; i++) {
      total += weights[i];
      meanX += weights[i] * x[i];
      meanY += weights[i] * y[i];
    }
    meanX /= total;
    meanY /= total;
    let variance = 0;
    let covariance = 0;
    for (let i = 0; i < x.length; i++) {
      variance += weights[i] * (x[i] - meanX) ** 2;
      covariance += weights[i] * (x[i] - meanX) * (y[i] - meanY);
    }
    const slope = Math.min(mostSlope, Math.max(leastSlope, covariance / Math.max(variance, 1e-12)));
    const next = { slope, offset: meanY - slope * meanX };
    const change = Math.abs(next.slope - line.slope) + Math.abs(next.offset - line.offset);
    line = next;
    if (change < 1e-4) break;
    for (let i = 0; i < x.length; i++) {
      weights[i] = 1 / Math.max(leastResidual, Math.abs(y[i] - slope * x[i] - next.offset));
    }
  }
  return line;
}
