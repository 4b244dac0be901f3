const exact = [0, 0];
const exactUpTo = 255;

/**
 * ln n!; exact sums below 256, Stirling's series to 1/n³ from there on (error below 1e-14).
 * @param n whole number, 0 or more
 */
export function logFactorial(n: number): number {
  if (n <= exactUpTo) {
    for (let next = exact.length; next <= n; next++) exact.push(exact[next - 1] + Math.log(next));
    return exact[n];
  }
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
