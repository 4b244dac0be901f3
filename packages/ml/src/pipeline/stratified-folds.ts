import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

/**
 * Parts rows by chance into folds of about the same size that hold about the same share of every class. A class of
 * fewer rows than folds is in as many folds as it has rows.
 * @param rows row indexes to part
 * @param labels class index per row of the whole table
 * @returns per fold its rows in rising order
 */
export function stratifiedFolds(
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  foldCount: number,
  random: Random,
): Int32Array[] {
  const folds = Array.from({ length: foldCount }, () => [] as number[]);
  const classes = Array.from({ length: classCount }, () => [] as number[]);
  for (const row of rows) classes[labels[row]].push(row);
  let next = 0;
  for (const members of classes) {
    const order = Int32Array.from(members);
    shuffle(order, random);
    for (const row of order) folds[next++ % foldCount].push(row);
  }
  return folds.map((fold) => Int32Array.from(fold).sort());
}

/** The rows that are in all folds but one. */
export function rowsOutside(folds: readonly Int32Array[], left: number): Int32Array {
  return Int32Array.from(folds.flatMap((fold, index) => (index === left ? [] : [...fold]))).sort();
}
