import { createRandom, type Random } from "../../../random/random.ts";
import type { Tree } from "../tree.ts";
import { TreeWriter } from "../tree-writer.ts";
import { BestSplitSearch } from "./best-split.ts";
import type { ForestRows, ForestScratch } from "./forest-rows.ts";
import type { ForestSettings } from "./forest-settings.ts";
import type { FoundSplit, NodeRows } from "./node-rows.ts";
import { openRandomSplit, randomSplitResult } from "./random-split.ts";

const largestFloat = 3.4028234663852886e38;

interface OpenNode {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

type SplitSearch = (node: NodeRows, start: number, random: Random) => FoundSplit | undefined;

/** Grows one tree of a forest at a time. */
export class ForestGrower {
  readonly #forest: ForestRows;
  readonly #settings: ForestSettings;
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  readonly #values: Float32Array;
  readonly #ends: Int32Array;
  readonly #classWeights: Float64Array;
  readonly #totals: Float64Array;
  readonly #classRows: Int32Array;
  readonly #search: SplitSearch;
  #random: Random;

  constructor(forest: ForestRows, settings: ForestSettings, thread: number) {
    const { memory, rowCount, classCount, columns } = forest;
    const scratch = forest.scratch[thread];
    this.#forest = forest;
    this.#settings = settings;
    this.#random = createRandom(0);
    this.#rows = new Int32Array(memory.buffer, scratch.rows, rowCount);
    this.#spare = new Int32Array(memory.buffer, scratch.spare, rowCount);
    this.#values = new Float32Array(memory.buffer, forest.values, rowCount * columns.length);
    this.#ends = new Int32Array(memory.buffer, scratch.ends, classCount);
    this.#classWeights = new Float64Array(memory.buffer, scratch.classWeights, classCount);
    this.#totals = new Float64Array(memory.buffer, scratch.totals, classCount);
    this.#classRows = new Int32Array(classCount);
    const wanted = Math.max(1, Math.round(columns.length * settings.columnShare));
    this.#search =
      settings.split === "random"
        ? randomSearch(forest, settings, scratch, wanted)
        : bestSearch(forest, settings, wanted);
  }

  /** @param seed of this tree alone */
  grow(seed: number): Tree {
    this.#random = createRandom(seed);
    this.#drawRows();
    const { rowCount } = this.#forest;
    const writer = new TreeWriter();
    const open: OpenNode[] = [{ node: writer.addNode(rowCount), start: 0, end: rowCount, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, start, end, depth } = next;
      const held = this.#lookAt(start, end);
      const split = this.#mayBeSplit(held, depth) ? this.#search(held, start, this.#random) : undefined;
      if (!split) {
        this.#closeLeaf(writer, node, held);
        continue;
      }
      const middle = this.#partition(start, end, split);
      const left = writer.addNode(middle - start);
      const right = writer.addNode(end - middle);
      const column = this.#forest.columns[split.column];
      writer.split(node, column, Math.min(largestFloat, split.threshold), split.gapsLeft, left, right);
      open.push({ node: right, start: middle, end, depth: depth + 1 });
      open.push({ node: left, start, end: middle, depth: depth + 1 });
    }
    return writer.finish();
  }

  #drawRows(): void {
    const rows = this.#rows;
    const { rowCount, weightSums } = this.#forest;
    if (!this.#settings.bootstrap && !weightSums) {
      for (let row = 0; row < rowCount; row++) rows[row] = row;
      return;
    }
    const times = this.#spare.fill(0);
    for (let drawn = 0; drawn < rowCount; drawn++) {
      times[weightSums ? drawByWeight(weightSums, this.#random) : this.#random.below(rowCount)]++;
    }
    for (let row = 0, at = 0; row < rowCount; row++) {
      for (let time = 0; time < times[row]; time++) rows[at++] = row;
    }
  }

  #lookAt(start: number, end: number): NodeRows {
    const { labels, classWeights } = this.#forest;
    const rows = this.#rows.subarray(start, end);
    let classCount = 0;
    for (let at = 0; at < rows.length; ) {
      const label = labels[rows[at]];
      const from = at;
      while (at < rows.length && labels[rows[at]] === label) at++;
      this.#classRows[classCount] = label;
      this.#ends[classCount] = at;
      this.#classWeights[classCount] = classWeights[label];
      this.#totals[classCount] = (at - from) * classWeights[label];
      classCount++;
    }
    return {
      rows,
      count: rows.length,
      classCount,
      ends: this.#ends,
      classWeights: this.#classWeights,
      totals: this.#totals,
    };
  }

  #mayBeSplit({ count, classCount }: NodeRows, depth: number): boolean {
    const { minLeafRows, maxDepth } = this.#settings;
    return classCount > 1 && count >= 2 * minLeafRows && depth < maxDepth;
  }

  #partition(start: number, end: number, { column, threshold, gapsLeft }: FoundSplit): number {
    const rows = this.#rows;
    const spare = this.#spare;
    const values = this.#values;
    const offset = column * this.#forest.rowCount;
    let left = start;
    let right = 0;
    for (let at = start; at < end; at++) {
      const row = rows[at];
      const value = values[offset + row];
      if (value <= threshold || (gapsLeft && Number.isNaN(value))) rows[left++] = row;
      else spare[right++] = row;
    }
    for (let at = 0; at < right; at++) rows[left + at] = spare[at];
    return left;
  }

  /** Class shares by weight, divided by the number of trees. */
  #closeLeaf(writer: TreeWriter, node: number, { classCount, totals }: NodeRows): void {
    const outputs = Array.from(this.#classRows.subarray(0, classCount));
    let sum = 0;
    for (let place = 0; place < classCount; place++) sum += totals[place];
    const values = outputs.map((_, place) => totals[place] / sum / this.#settings.trees);
    writer.setValues(node, outputs, values);
  }
}

function bestSearch(forest: ForestRows, settings: ForestSettings, wanted: number): SplitSearch {
  const search = new BestSplitSearch(forest, wanted, settings.minLeafRows);
  let begun: Random | undefined;
  return (node, _, random) => {
    if (random !== begun) search.beginTree();
    begun = random;
    return search.search(node, random);
  };
}

function randomSearch(
  forest: ForestRows,
  settings: ForestSettings,
  scratch: ForestScratch,
  wanted: number,
): SplitSearch {
  const { memory, columns } = forest;
  const { randomSplit } = openRandomSplit(memory);
  const candidates = new Int32Array(memory.buffer, scratch.candidates, columns.length);
  const words = new Int32Array(memory.buffer, scratch.result);
  const result = new DataView(memory.buffer, scratch.result);
  let seededBy: Random | undefined;
  return (node, start, random) => {
    if (random !== seededBy) {
      for (let place = 0; place < columns.length; place++) candidates[place] = place;
      words[randomSplitResult.random / 4] = random.uint32() | 1;
      seededBy = random;
    }
    result.setFloat64(randomSplitResult.score, 0, true);
    randomSplit(
      scratch.rows + start * 4,
      node.count,
      scratch.ends,
      scratch.classWeights,
      scratch.totals,
      node.classCount,
      scratch.candidates,
      columns.length,
      wanted,
      forest.values,
      forest.rowCount,
      scratch.gathered,
      settings.minLeafRows,
      forest.drawnGaps,
      scratch.result,
      0,
    );
    if (result.getFloat64(randomSplitResult.score, true) === 0) return undefined;
    return {
      column: words[randomSplitResult.column / 4],
      threshold: result.getFloat32(randomSplitResult.threshold, true),
      gapsLeft: words[randomSplitResult.gapsLeft / 4] === 1,
    };
  };
}

function drawByWeight(sums: Float64Array, random: Random): number {
  const point = random.uniform() * sums[sums.length - 1];
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > point) high = middle;
    else low = middle + 1;
  }
  return low;
}
