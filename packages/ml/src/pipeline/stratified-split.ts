import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

export interface Split {
  /** Row indexes in rising order; the parts have no row in common. */
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

export interface SplitShares {
  readonly validationShare: number;
  readonly testShare: number;
}

/**
 * Parts the rows by chance so that every class has about the same shares in each part.
 *
 * Small classes: one row goes to training; of two, the second goes to test and validation in turn, from class to
 * class; from three on, each part has at least one row of the class.
 *
 * @param rows row indexes to part
 * @param labels class index per row of the whole table
 */
export function stratifiedSplit(
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  shares: SplitShares,
  random: Random,
): Split {
  const parts = { training: [] as number[], validation: [] as number[], test: [] as number[] };
  let pairsSeen = 0;
  for (const members of rowsByClass(rows, labels, classCount)) {
    shuffle(members, random);
    const sizes = partSizes(members.length, shares, pairsSeen % 2 === 0);
    if (members.length === 2) pairsSeen++;
    for (const [index, row] of members.entries()) {
      if (index < sizes.test) parts.test.push(row);
      else if (index < sizes.test + sizes.validation) parts.validation.push(row);
      else parts.training.push(row);
    }
  }
  const sorted = (part: number[]) => Int32Array.from(part).sort();
  return { training: sorted(parts.training), validation: sorted(parts.validation), test: sorted(parts.test) };
}

function rowsByClass(rows: Int32Array, labels: Int32Array, classCount: number): Int32Array[] {
  const classes = Array.from({ length: classCount }, () => [] as number[]);
  for (const row of rows) classes[labels[row]].push(row);
  return classes.map((members) => Int32Array.from(members));
}

function partSizes(count: number, { validationShare, testShare }: SplitShares, pairGoesToTest: boolean) {
  if (count < 2) return { validation: 0, test: 0 };
  if (count === 2) return pairGoesToTest ? { validation: 0, test: 1 } : { validation: 1, test: 0 };
  let validation = Math.max(1, Math.round(count * validationShare));
  let test = Math.max(1, Math.round(count * testShare));
  while (validation + test >= count) {
    if (validation > test) validation--;
    else test--;
  }
  return { validation, test };
}
