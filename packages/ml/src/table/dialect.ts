export type Delimiter = "," | ";" | "\t";

/** How a file writes its table. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly byteOrderMark: boolean;
  readonly compression: "none" | "gzip";
}

const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/**
 * The delimiter that separates most cells of a header line; quoted cells do not count.
 * A line with none of them has one column, and the delimiter is a comma.
 */
export function detectDelimiter(line: string): Delimiter {
  const counts = delimiters.map(() => 0);
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (!quoted) {
      const index = delimiters.indexOf(character as Delimiter);
      if (index >= 0) counts[index]++;
    }
  }
  return delimiters[counts.indexOf(Math.max(...counts))];
}
