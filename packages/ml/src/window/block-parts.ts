import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

/** A block is at least so many windows long, so that little is lost where two parts meet. */
const leastWindows = 3;
/** Of all rows that make a block at least: more blocks mean more rows lost at their ends. */
const mostBlocks = 120;

/**
 * Parts rows into blocks of time, whole blocks to one part, so that neighbours in time stay together. Classes are
 * spread as evenly as whole blocks allow (after K. Sechidis et al., "On the stratification of multi-label data", 2011):
 * blocks of rare classes come first, each goes where its classes are short.
 * @param rows row indexes to part
 * @param labels class index per row of the whole table
 * @param previous per row the row before it in its series, −1 for the first
 * @param steps rows of a window
 * @param shares how much of all rows each part is to have; in case of doubt the first gets a block
 * @returns per part its rows in rising order
 */
export function blockParts(
  rows: Int32Array,
  labels: Int32Array,
  previous: Int32Array,
  steps: number,
  classCount: number,
  shares: readonly number[],
  random: Random,
): Int32Array[] {
  const blocks = cutBlocks(rows, previous, Math.max(leastWindows * steps, Math.ceil(rows.length / mostBlocks)));
  const order = Int32Array.from(blocks.keys());
  shuffle(order, random);
  const totals = new Float64Array(classCount);
  for (const row of rows) totals[labels[row]]++;
  const rarest = blocks.map((block) => block.reduce((least, row) => Math.min(least, totals[labels[row]]), rows.length));
  const sorted = [...order].sort((one, other) => rarest[one] - rarest[other]);

  const parts = shares.map(() => [] as number[]);
  const have = shares.map(() => new Float64Array(classCount));
  for (const place of sorted) {
    const block = blocks[place];
    // How short of the block's classes a part is, as a share of what it is to have; a class counts by its rarity.
    const shortage = (part: number) =>
      block.reduce((sum, row) => {
        const label = labels[row];
        const wanted = shares[part] * totals[label];
        return sum + (wanted - have[part][label]) / wanted / totals[label];
      }, 0);
    let best = 0;
    for (let part = 1; part < shares.length; part++) if (shortage(part) > shortage(best) + 1e-12) best = part;
    for (const row of block) {
      parts[best].push(row);
      have[best][labels[row]]++;
    }
  }
  return parts.map((part) => Int32Array.from(part).sort());
}

/** Consecutive rows of each series, `length` of them or a little more. */
function cutBlocks(rows: Int32Array, previous: Int32Array, length: number): number[][] {
  const wanted = new Uint8Array(previous.length);
  for (const row of rows) wanted[row] = 1;
  const next = new Int32Array(previous.length).fill(-1);
  for (let row = 0; row < previous.length; row++) if (previous[row] >= 0) next[previous[row]] = row;
  const blocks: number[][] = [];
  for (let first = 0; first < previous.length; first++) {
    if (previous[first] >= 0) continue;
    const series: number[] = [];
    for (let row = first; row >= 0; row = next[row]) if (wanted[row]) series.push(row);
    const count = Math.max(1, Math.floor(series.length / length));
    for (let block = 0; block < count && series.length > 0; block++) {
      blocks.push(
        series.slice(Math.floor((block * series.length) / count), Math.floor(((block + 1) * series.length) / count)),
      );
    }
  }
  return blocks;
}
