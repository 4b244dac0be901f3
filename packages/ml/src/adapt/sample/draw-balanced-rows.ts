import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";

/**
 * Draws rows without replacement, at most an equal part of `mostRows` of each class that occurs.
 * @param rows which rows
 * @param labels class index per row of the whole table
 * @returns rows, class by class
 */
export function drawBalancedRows(
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  mostRows: number,
  seed: number,
): Int32Array {
  const random = createRandom(seed);
  const members = Array.from({ length: classCount }, (_, label) => rows.filter((row) => labels[row] === label));
  const occurring = members.filter(({ length }) => length > 0).length;
  const perClass = Math.max(1, Math.floor(mostRows / Math.max(1, occurring)));
  const drawn: number[] = [];
  for (const own of members) {
    shuffle(own, random);
    drawn.push(...own.subarray(0, perClass));
  }
  return Int32Array.from(drawn);
}
