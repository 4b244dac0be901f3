/**
 * Leaves out rows whose window holds a row of another part, so that no two parts look at the same row.
 * @param parts row indexes, in no two parts the same
 * @param previous per row of the table the row before it in its series, −1 for the first
 * @returns the parts without those rows
 */
export function keepApart(parts: readonly Int32Array[], previous: Int32Array, steps: number): Int32Array[] {
  const nowhere = -1;
  const partOf = new Int32Array(previous.length).fill(nowhere);
  for (const [part, rows] of parts.entries()) for (const row of rows) partOf[row] = part;
  return parts.map((rows, part) =>
    rows.filter((row) => {
      for (let step = 1, member = previous[row]; step < steps && member >= 0; step++, member = previous[member]) {
        if (partOf[member] !== part && partOf[member] !== nowhere) return false;
      }
      return true;
    }),
  );
}
