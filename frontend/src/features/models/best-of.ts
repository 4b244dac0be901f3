/** Places of the best values; none where all are the same or fewer than two are known. */
export function bestOf(values: readonly (number | undefined)[], better: "more" | "less"): ReadonlySet<number> {
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2 || new Set(known).size === 1) return new Set();
  const best = better === "more" ? Math.max(...known) : Math.min(...known);
  return new Set(values.flatMap((value, index) => (value === best ? [index] : [])));
}
