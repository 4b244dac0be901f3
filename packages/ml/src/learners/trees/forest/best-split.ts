import type { Random } from "../../../random/random.ts";
import { gapBin } from "../bins/bin-edges.ts";
import type { ForestRows } from "./forest-rows.ts";
import type { FoundSplit, NodeRows } from "./node-rows.ts";

const slots = 256;
/** Up to so many rows are sorted by bin rather than counted in all bins. */
const fewRows = 32;

/**
 * Searches the split of the least Gini impurity over all bin edges of some columns, drawn until `wanted` have been
 * looked at and one of them varied. Where there are gaps, both sides are tried for them; in a column whose gaps are
 * drawn, a split is judged by what it does to the other rows, and a side drawn in proportion to them.
 */
export class BestSplitSearch {
  readonly #rows: ForestRows;
  readonly #bins: Uint8Array;
  readonly #drawnGaps: Uint8Array;
  readonly #counts: Int32Array;
  readonly #slotRows = new Int32Array(slots);
  readonly #left: Float64Array;
  /** Per class: weight of the rows that a column's splits are judged by. */
  readonly #judged: Float64Array;
  readonly #gapRows: Int32Array;
  readonly #keys: Int32Array;
  readonly #candidates: Int32Array;
  readonly #minLeafRows: number;
  readonly #wanted: number;
  #score = 0;
  #column = -1;
  #slot = 0;
  #nextSlot = 0;
  #gapsLeft = false;

  constructor(rows: ForestRows, wanted: number, minLeafRows: number) {
    this.#rows = rows;
    this.#wanted = wanted;
    this.#minLeafRows = minLeafRows;
    this.#bins = new Uint8Array(rows.memory.buffer, rows.bins, rows.columns.length * rows.rowCount);
    this.#counts = new Int32Array(slots * rows.classCount);
    this.#drawnGaps = new Uint8Array(rows.memory.buffer, rows.drawnGaps, rows.columns.length);
    this.#left = new Float64Array(rows.classCount);
    this.#judged = new Float64Array(rows.classCount);
    this.#gapRows = new Int32Array(rows.classCount);
    this.#keys = new Int32Array(fewRows);
    this.#candidates = Int32Array.from(rows.columns.keys());
  }

  /** Puts the columns back in order, so that a tree does not depend on those before it. */
  beginTree(): void {
    for (let place = 0; place < this.#candidates.length; place++) this.#candidates[place] = place;
  }

  search(node: NodeRows, random: Random): FoundSplit | undefined {
    const candidates = this.#candidates;
    this.#score = 0;
    this.#column = -1;
    let varied = false;
    for (let visited = 0; visited < candidates.length && (visited < this.#wanted || !varied); visited++) {
      const other = visited + random.below(candidates.length - visited);
      const column = candidates[other];
      candidates[other] = candidates[visited];
      candidates[visited] = column;
      const columnVaries =
        node.count <= fewRows ? this.#searchSorted(node, column, random) : this.#searchCounted(node, column, random);
      varied ||= columnVaries;
    }
    if (this.#column < 0) return undefined;
    return {
      column: this.#column,
      // In the middle of the bins that none of the node's rows are in.
      threshold: this.#rows.edges[this.#column][((this.#slot + this.#nextSlot - 1) >> 1) - 1],
      gapsLeft: this.#gapsLeft,
    };
  }

  #searchSorted(node: NodeRows, column: number, random: Random): boolean {
    const { rows, count, classCount, ends } = node;
    const bins = this.#bins;
    const offset = column * this.#rows.rowCount;
    const keys = this.#keys;
    let at = 0;
    for (let place = 0; place < classCount; place++) {
      for (; at < ends[place]; at++) {
        const key = bins[offset + rows[at]] * classCount + place;
        let hole = at;
        for (; hole > 0 && keys[hole - 1] > key; hole--) keys[hole] = keys[hole - 1];
        keys[hole] = key;
      }
    }
    const slotOf = (index: number) => Math.floor(keys[index] / classCount);
    if (slotOf(0) === slotOf(count - 1)) return false;
    let gaps = 0;
    while (slotOf(gaps) === gapBin) gaps++;
    const drawn = this.#drawnGaps[column] === 1;
    if (drawn && slotOf(gaps) === slotOf(count - 1)) return false;
    this.#gapRows.fill(0, 0, classCount);
    if (drawn) for (let index = 0; index < gaps; index++) this.#gapRows[keys[index] % classCount]++;
    const way: GapWay = drawn ? random : gaps > 0 ? "tried" : "none";
    for (const gapsLeft of way === "tried" ? [false, true] : [false]) {
      const sums = this.#begin(node);
      const taken = (index: number) => this.#take(node, sums, keys[index] % classCount, 1);
      if (gapsLeft) for (let index = 0; index < gaps; index++) taken(index);
      for (let index = gaps; index < count; index++) {
        taken(index);
        const slot = slotOf(index);
        const next = index + 1 < count ? slotOf(index + 1) : slot + 1;
        if (next !== slot) this.#consider(sums, column, slot, next, gapsLeft, way);
      }
    }
    return true;
  }

  #searchCounted(node: NodeRows, column: number, random: Random): boolean {
    const { rows, classCount, ends } = node;
    const bins = this.#bins;
    const counts = this.#counts;
    const slotRows = this.#slotRows;
    const offset = column * this.#rows.rowCount;
    let at = 0;
    for (let place = 0; place < classCount; place++) {
      const base = place * slots;
      for (; at < ends[place]; at++) {
        const slot = bins[offset + rows[at]];
        counts[base + slot]++;
        slotRows[slot]++;
      }
    }
    let first = 1;
    while (first < slots && slotRows[first] === 0) first++;
    let last = slots - 1;
    while (last > 0 && slotRows[last] === 0) last--;
    const gaps = slotRows[gapBin];
    const drawn = this.#drawnGaps[column] === 1;
    const varies = first < last || (first === last && gaps > 0 && !drawn);
    if (varies) {
      for (let place = 0; place < classCount; place++) this.#gapRows[place] = drawn ? counts[place * slots] : 0;
      const way: GapWay = drawn ? random : gaps > 0 ? "tried" : "none";
      for (const gapsLeft of way === "tried" ? [false, true] : [false]) {
        const sums = this.#begin(node);
        if (gapsLeft) this.#takeSlot(node, sums, gapBin);
        for (let slot = first; slot <= last; ) {
          this.#takeSlot(node, sums, slot);
          let next = slot + 1;
          while (next <= last && slotRows[next] === 0) next++;
          this.#consider(sums, column, slot, next, gapsLeft, way);
          slot = next;
        }
      }
    }
    for (let place = 0; place < classCount; place++) {
      const base = place * slots;
      counts[base] = 0;
      if (first <= last) counts.fill(0, base + first, base + last + 1);
    }
    slotRows.fill(0);
    return varies;
  }

  /** All rows that count on the right; with those in `#gapRows` left out of account. */
  #begin({ totals, classCount, classWeights, count }: NodeRows): SplitSums {
    const sums = {
      rows: 0,
      judged: count,
      leftWeight: 0,
      rightWeight: 0,
      leftSquares: 0,
      rightSquares: 0,
      handicap: 0,
    };
    let weight = 0;
    let squares = 0;
    for (let place = 0; place < classCount; place++) {
      const gaps = this.#gapRows[place];
      const judged = totals[place] - gaps * classWeights[place];
      this.#left[place] = 0;
      this.#judged[place] = judged;
      sums.judged -= gaps;
      sums.rightWeight += judged;
      sums.rightSquares += judged * judged;
      weight += totals[place];
      squares += totals[place] * totals[place];
    }
    // What an unsplit node scores, lest columns gain by having gaps.
    if (sums.judged < count) sums.handicap = squares / weight - sums.rightSquares / sums.rightWeight;
    return sums;
  }

  #takeSlot(node: NodeRows, sums: SplitSums, slot: number): void {
    for (let place = 0; place < node.classCount; place++) {
      const rows = this.#counts[place * slots + slot];
      if (rows > 0) this.#take(node, sums, place, rows);
    }
  }

  /** Moves rows of a class from the right to the left. */
  #take({ classWeights }: NodeRows, sums: SplitSums, place: number, rows: number): void {
    const weight = rows * classWeights[place];
    const left = this.#left[place];
    const right = this.#judged[place] - left;
    sums.rows += rows;
    sums.leftWeight += weight;
    sums.rightWeight -= weight;
    sums.leftSquares += weight * (2 * left + weight);
    sums.rightSquares -= weight * (2 * right - weight);
    this.#left[place] = left + weight;
  }

  #consider(sums: SplitSums, column: number, slot: number, next: number, gapsLeft: boolean, way: GapWay): void {
    if (sums.rows < this.#minLeafRows || sums.judged - sums.rows < this.#minLeafRows) return;
    const score = sums.leftSquares / sums.leftWeight + sums.rightSquares / sums.rightWeight + sums.handicap;
    if (!(score > this.#score)) return;
    this.#score = score;
    this.#column = column;
    this.#slot = slot;
    this.#nextSlot = next;
    if (way === "tried") this.#gapsLeft = gapsLeft;
    else if (way === "none") this.#gapsLeft = 2 * sums.rows > sums.judged;
    else this.#gapsLeft = way.uniform() * (sums.leftWeight + sums.rightWeight) < sums.leftWeight;
  }
}

/** How the side of gaps is found: both tried, that of most rows where the node has none, or drawn. */
type GapWay = "tried" | "none" | Random;

interface SplitSums {
  rows: number;
  /** Rows of both sides. */
  judged: number;
  leftWeight: number;
  rightWeight: number;
  leftSquares: number;
  rightSquares: number;
  /** Added to the score. */
  handicap: number;
}
