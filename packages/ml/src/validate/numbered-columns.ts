/** Columns that are named by one prefix and a number, such as `feature0` to `feature106`. */
export interface NumberedColumns {
  /** Position in the header by number. */
  readonly positions: ReadonlyMap<number, number>;
  readonly first: number;
  readonly last: number;
  /** Name of the column with this number. */
  readonly name: (number: number) => string;
}

const fewest = 8;
/** Fewer are taken for chosen columns rather than a sequence with gaps. */
const leastShare = 0.75;

/**
 * Finds the sequences of a header: at least 8 columns, counted from 0 or 1, of which at least three quarters are there.
 */
export function findNumberedColumns(columns: readonly string[]): NumberedColumns[] {
  const families = new Map<string, { positions: Map<number, number>; digits: Set<number>; padded: boolean }>();
  for (const [position, column] of columns.entries()) {
    const match = /^(.*?)(\d{1,6})$/.exec(column);
    if (!match) continue;
    const [, prefix, digits] = match;
    const family = families.get(prefix) ?? { positions: new Map(), digits: new Set(), padded: false };
    family.positions.set(Number(digits), position);
    family.digits.add(digits.length);
    if (digits.length > 1 && digits.startsWith("0")) family.padded = true;
    families.set(prefix, family);
  }
  const found: NumberedColumns[] = [];
  for (const [prefix, { positions, digits, padded }] of families) {
    const numbers = [...positions.keys()].sort((a, b) => a - b);
    const first = numbers[0];
    const last = numbers[numbers.length - 1];
    if (first > 1 || numbers.length < fewest || numbers.length < leastShare * (last - first + 1)) continue;
    const width = padded ? Math.max(...digits) : 0;
    found.push({ positions, first, last, name: (number) => prefix + String(number).padStart(width, "0") });
  }
  return found;
}
