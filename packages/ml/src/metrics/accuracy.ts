/**
 * Share of rows whose predicted class is the actual one; 0 where there is no row.
 * @param confusion `confusion[actual][predicted]`
 */
export function accuracy(confusion: readonly (readonly number[])[]): number {
  let hits = 0;
  let rows = 0;
  for (const [actual, counts] of confusion.entries()) {
    hits += counts[actual];
    for (const count of counts) rows += count;
  }
  return rows === 0 ? 0 : hits / rows;
}
