const farAway = Math.asinh(4);

/**
 * Per row the share of KPIs more than four interquartile ranges from their median.
 * @param columns robust values, see `robustValues`; a gap is not far away
 */
export function disturbedShare(columns: readonly Float32Array[]): Float32Array {
  const share = new Float32Array(columns[0]?.length ?? 0);
  for (const column of columns) {
    for (let row = 0; row < share.length; row++) if (Math.abs(column[row]) > farAway) share[row] += 1 / columns.length;
  }
  return share;
}
