/** Place of a gap, which is in no column's counts. */
export const gapPlace = 255;

/** Where a value lies between the cuts; `gapPlace` for NaN. */
export function placeOf(cuts: Float32Array, value: number): number {
  if (Number.isNaN(value)) return gapPlace;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low < cuts.length && cuts[low] === value ? 2 * low + 1 : 2 * low;
}
