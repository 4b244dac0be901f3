import { sortFloats } from "./sort-floats.ts";

/** Rows that the edges are taken from; more are thinned out evenly. */
const mostRows = 200_000;

/** The bin of a gap. */
export const gapBin = 0;

/**
 * Upper edges of a column's bins, rising; the last is +∞. A value is in the first bin whose edge it does not exceed,
 * compared as float32, so that a tree's threshold (an edge) parts binned training rows and raw rows alike.
 * Every distinct value gets a bin where there are no more than `mostBins`, else the bins hold about equally many rows.
 * @param column its values; NaN is a gap
 */
export function binEdges(column: Float32Array, mostBins: number): Float32Array {
  const step = Math.max(1, Math.ceil(column.length / mostRows));
  const present = new Float32Array(Math.ceil(column.length / step));
  let count = 0;
  for (let row = 0; row < column.length; row += step) {
    if (!Number.isNaN(column[row])) present[count++] = column[row];
  }
  const sorted = present.subarray(0, count);
  sortFloats(sorted, new Uint32Array(count));
  return Float32Array.from([...innerEdges(sorted, mostBins), Number.POSITIVE_INFINITY]);
}

function innerEdges(sorted: Float32Array, mostBins: number): number[] {
  let distinct = sorted.length > 0 ? 1 : 0;
  for (let index = 1; index < sorted.length; index++) if (sorted[index] !== sorted[index - 1]) distinct++;
  const edges: number[] = [];
  let inBin = 0;
  let rowsLeft = sorted.length;
  let binsLeft = mostBins;
  for (let index = 0; index + 1 < sorted.length && binsLeft > 1; index++) {
    inBin++;
    if (sorted[index] === sorted[index + 1]) continue;
    if (distinct > mostBins && inBin < rowsLeft / binsLeft) continue;
    edges.push(between(sorted[index], sorted[index + 1]));
    rowsLeft -= inBin;
    inBin = 0;
    binsLeft--;
  }
  return edges;
}

/** A float32 from `low` (inclusive) to `high` (exclusive), in the middle where float32 has one. */
export function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}

/** The bin of a float32 value: 0 for a gap, else 1 + the place of its edge. */
export function binOf(value: number, edges: Float32Array): number {
  if (Number.isNaN(value)) return gapBin;
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

/** The bins of a column's values. */
export function binColumn(column: Float32Array, edges: Float32Array): Uint8Array {
  const bins = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) bins[row] = binOf(column[row], edges);
  return bins;
}
