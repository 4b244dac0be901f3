import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

/**
 * Draws rows at random; with labels, each class keeps its share but for rare ones, of which up to a quarter of an even
 * share is kept.
 * @param rows to draw from
 * @param most rows to draw
 * @param labels class index per row of the whole table
 * @returns in rising order
 */
export function sampleRows(
  rows: Int32Array,
  most: number,
  random: Random,
  labels?: Int32Array,
  classCount = 0,
): Int32Array {
  if (rows.length <= most) return rows.slice().sort();
  const shuffled = rows.slice();
  shuffle(shuffled, random);
  if (!labels || classCount < 2) return shuffled.slice(0, most).sort();
  const floor = Math.ceil(most / (4 * classCount));
  const taken = new Int32Array(classCount);
  const first: number[] = [];
  const rest: number[] = [];
  for (const row of shuffled) (taken[labels[row]]++ < floor ? first : rest).push(row);
  return Int32Array.from([...first, ...rest].slice(0, most)).sort();
}
