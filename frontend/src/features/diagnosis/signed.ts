/** A z-score to a tenth, with its sign told also where it is positive. */
export function signed(z: number, format: (value: number) => string): string {
  const rounded = Math.round(10 * z) / 10;
  if (rounded === 0) return format(0);
  return `${rounded > 0 ? "+" : ""}${format(rounded)}`;
}
