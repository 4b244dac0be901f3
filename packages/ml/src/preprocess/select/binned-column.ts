/** Rows by bin and class of one column. */
export interface BinnedColumn {
  readonly binCount: number;
  /** Bin per row; gaps have the last. */
  readonly bins: Uint8Array;
}

/**
 * Parts a column into bins of about equal numbers of rows; equal values are never parted, gaps have a bin of their own.
 * @param values NaN for a gap
 * @param most bins of numbers, at most 254
 */
export function binColumn(values: Float64Array, most: number): BinnedColumn {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < most; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / most)];
    if (edge > sorted[0] && (edges.length === 0 || edge > edges[edges.length - 1])) edges.push(edge);
  }
  const gapBin = edges.length + 1;
  const bins = Uint8Array.from(values, (value) => (Number.isNaN(value) ? gapBin : binOf(edges, value)));
  return { binCount: gapBin + 1, bins };
}

/** How many edges are at most the value. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
