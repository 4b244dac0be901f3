import type { Random } from "../random/random.ts";
import { blockParts } from "../window/block-parts.ts";
import { keepApart } from "../window/keep-apart.ts";
import type { Split, SplitShares } from "./stratified-split.ts";

/**
 * Parts the rows of time series for a learner that looks at windows: each series is cut into blocks of time, whole
 * blocks go to one part, and of each block the first rows whose window would reach into another part are left out. So
 * no row is looked at in two parts, and neighbours in time are never apart.
 * @param rows row indexes to part
 * @param labels class index per row of the whole table
 * @param previous per row the row before it in its series, −1 for the first
 * @param steps rows of a window
 */
export function seriesSplit(
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  previous: Int32Array,
  steps: number,
  { validationShare, testShare }: SplitShares,
  random: Random,
): Split {
  const shares = [1 - validationShare - testShare, testShare, validationShare];
  const blocks = blockParts(rows, labels, previous, steps, classCount, shares, random);
  const [training, test, validation] = keepApart(blocks, previous, steps);
  return { training, validation, test };
}

/** Folds of whole blocks; the windows of no two folds hold the same row. */
export function seriesFolds(
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  previous: Int32Array,
  steps: number,
  foldCount: number,
  random: Random,
): Int32Array[] {
  const shares = Array.from({ length: foldCount }, () => 1 / foldCount);
  return keepApart(blockParts(rows, labels, previous, steps, classCount, shares, random), previous, steps);
}
