/** The largest finite float32. Readers hold larger magnitudes, infinities among them, at it. */
export const largestFloat32 = 3.4028234663852886e38;

/** Holds a number between −`limit` and `limit`. */
export function hold(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}
