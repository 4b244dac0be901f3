import type { Finding } from "./table-error.ts";

/** A finding and where in the header it belongs. */
export interface PlacedFinding {
  /** Counted from 0. */
  readonly place: number;
  readonly finding: Finding;
}

/** Columns without a name, and names that stand in a header more than once, in the header's order. */
export function* unusableNames(columns: readonly string[]): Generator<PlacedFinding> {
  const places = new Map<string, number>();
  for (const [place, column] of columns.entries()) {
    if (column === "") {
      yield { place, finding: { code: "empty-column-name", row: 0, found: String(place + 1), expected: "name" } };
      continue;
    }
    const earlier = places.get(column);
    if (earlier === undefined) places.set(column, place);
    else {
      const found = `${earlier + 1}, ${place + 1}`;
      yield { place, finding: { code: "duplicate-column", row: 0, column, found, expected: String(earlier + 1) } };
    }
  }
}
