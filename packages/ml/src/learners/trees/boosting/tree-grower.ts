import { createRandom, type Random } from "../../../random/random.ts";
import { mix } from "../mix.ts";
import type { ThreadAddresses } from "./boosting-memory.ts";
import type { BoostingPlan } from "./boosting-plan.ts";
import type { BoostingSettings } from "./boosting-settings.ts";
import { addNode, emptyTree, type GrownTree } from "./grown-tree.ts";
import { type Kernels, openKernels } from "./kernels/kernels.ts";
import {
  bytesPerSlot,
  columnRecordBytes,
  columnsPerGroup,
  histogramBytesPerColumn,
  largestSum,
  searchResult,
} from "./layout.ts";
import { bestLeaf, emptyLeaf, type Leaf } from "./leaf.ts";
import { LeafHistograms } from "./leaf-histograms.ts";

/** Levels that a gradient is rounded to; see `quantise`. */
const gradientLevels = 1_024;
/** Of leaf values: sums of some hundred of them are exact in float32, in any order. */
export const leafValueStep = 2 ** -17;
const largestLeafValue = 8;
const leastGain = 1e-7;

/** Grows one tree at a time, leaf by leaf, the best split first. */
export class TreeGrower {
  readonly #plan: BoostingPlan;
  readonly #own: ThreadAddresses;
  readonly #kernels: Kernels;
  readonly #floats: Float32Array;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;
  readonly #leaves: Leaf[];
  readonly #chosen: Int32Array;
  readonly #histograms: LeafHistograms;
  #chosenCount = 0;
  #gradientScale = 1;
  #hessianScale = 1;

  constructor(plan: BoostingPlan, thread: number) {
    this.#plan = plan;
    this.#own = plan.addresses.threads[thread];
    this.#kernels = openKernels(plan.memory);
    this.#floats = new Float32Array(plan.memory.buffer);
    this.#words = new Int32Array(plan.memory.buffer);
    this.#doubles = new Float64Array(plan.memory.buffer);
    this.#leaves = this.#own.histograms.map(emptyLeaf);
    this.#chosen = new Int32Array(plan.slotCounts.length);
    this.#histograms = new LeafHistograms(plan, this.#own, this.#kernels, this.#chosen);
  }

  /** Probabilities of the rows `from` to `to`, both multiples of 4. */
  updateProbabilities(from: number, to: number): void {
    const { margins, probabilities, paddedRows } = this.#plan.addresses;
    if (to <= from) return;
    this.#kernels.softmax(
      margins + from * 4,
      probabilities + from * 4,
      paddedRows * 4,
      this.#plan.classCount,
      to - from,
    );
  }

  /** Grows the tree of a class and adds its values to the margins. */
  grow(round: number, label: number): GrownTree {
    const { settings, classCount } = this.#plan;
    const random = createRandom(mix(this.#plan.seed, round * classCount + label));
    const leaves = this.#leaves;
    this.#chooseColumns(random);
    this.#enterRoot(label, random.uint32() | 0);
    const tree = emptyTree(label);
    addNode(tree);
    let leafCount = 1;
    this.#histograms.sumUp(leaves[0], this.#chosenCount);
    this.#search(leaves[0], random);
    while (leafCount < settings.leaves) {
      const best = bestLeaf(leaves, leafCount);
      if (!best) break;
      const right = leaves[leafCount++];
      this.#split(tree, best, right);
      if (leafCount < settings.leaves) this.#searchChildren(best, right, random);
    }
    this.#finish(tree, leafCount);
    return tree;
  }

  #chooseColumns(random: Random): void {
    const { slotCounts, drawnGaps, settings } = this.#plan;
    const total = slotCounts.length;
    const wanted = Math.max(1, Math.round(total * settings.columnShare));
    let needed = wanted;
    this.#chosenCount = 0;
    for (let column = 0; column < total && needed > 0; column++) {
      if (needed < total - column && random.below(total - column) >= needed) continue;
      needed--;
      this.#chosen[this.#chosenCount] = column;
      const record = (this.#own.columnList + this.#chosenCount * columnRecordBytes) >> 2;
      this.#words[record] = column * histogramBytesPerColumn;
      this.#words[record + 1] = Math.ceil(slotCounts[column] / 4) * 4 * bytesPerSlot;
      this.#words[record + 2] = drawnGaps[column];
      this.#chosenCount++;
    }
  }

  #enterRoot(label: number, seed: number): void {
    const { addresses, classCount, rowCount } = this.#plan;
    const { probabilities, paddedRows, labels, weights } = addresses;
    const own = this.#own;
    const factor = classCount / (classCount - 1);
    this.#kernels.gradients(
      probabilities + label * paddedRows * 4,
      labels,
      weights,
      paddedRows,
      label,
      classCount === 2 ? 1 : factor,
      own.pairs,
      own.result,
    );
    const levels = Math.min(gradientLevels, largestSum / rowCount - 1);
    this.#gradientScale = Math.fround(levels / Math.max(this.#floats[own.result >> 2], 1e-30));
    this.#hessianScale = Math.fround(levels / Math.max(this.#floats[(own.result >> 2) + 1], 1e-30));
    this.#kernels.quantise(
      own.pairs,
      rowCount,
      this.#gradientScale,
      this.#hessianScale,
      seed,
      own.activeRows,
      own.gradients,
      own.restRows,
      own.result,
    );
    const root = this.#leaves[0];
    root.node = 0;
    root.activeStart = 0;
    root.activeCount = this.#words[own.result >> 2];
    root.restStart = 0;
    root.restCount = rowCount - root.activeCount;
    root.gradientSum = 0;
    root.hessianSum = 0;
    const packed = own.gradients >> 2;
    for (let index = 0; index < root.activeCount; index++) {
      root.hessianSum += this.#words[packed + 2 * index];
      root.gradientSum += this.#words[packed + 2 * index + 1];
    }
  }

  #search(leaf: Leaf, random: Random): void {
    const { settings, learnedRows, rowCount } = this.#plan;
    const own = this.#own;
    leaf.score = 0;
    const rows = ((leaf.activeCount + leaf.restCount) * learnedRows) / rowCount;
    if (leaf.activeCount < 2 || rows < 2 * settings.minLeafRows) return;
    const smallestHessian = Math.max(
      1,
      Math.ceil(
        Math.max(settings.minLeafHessian * this.#hessianScale, ((settings.minLeafRows - 0.5) * leaf.hessianSum) / rows),
      ),
    );
    if (2 * smallestHessian > leaf.hessianSum) return;
    const lambda = Math.fround(settings.l2 * this.#hessianScale);
    const total = leaf.hessianSum + 2 * lambda;
    const result = own.result >> 2;
    this.#floats[result] = 0;
    // What the penalty costs a leaf that is split, in the units of the score.
    const least =
      leaf.gradientSum ** 2 * (total / (leaf.hessianSum + lambda) - 1) +
      leastGain * (this.#gradientScale ** 2 / this.#hessianScale) * total;
    this.#kernels.search(
      own.columnList,
      this.#chosenCount,
      leaf.histogram,
      own.result,
      (BigInt(leaf.gradientSum) << 32n) | BigInt(leaf.hessianSum),
      smallestHessian,
      lambda,
      1 / total,
      least,
    );
    const score = this.#floats[result];
    if (score === 0) return;
    leaf.score = (score - leaf.gradientSum ** 2 * (total / (leaf.hessianSum + lambda) - 1)) / total;
    leaf.column = this.#chosen[this.#words[result + searchResult.column / 4]];
    leaf.slot = this.#words[result + searchResult.slot / 4];
    leaf.gapsLeft = this.#words[result + searchResult.gapsLeft / 4];
    leaf.leftHessian = this.#words[result + searchResult.leftSums / 4];
    leaf.leftGradient = this.#words[result + searchResult.leftSums / 4 + 1];
    if (this.#plan.drawnGaps[leaf.column] === 1) this.#drawGaps(leaf, random);
  }

  /** Sends the gaps to a side at random. */
  #drawGaps(leaf: Leaf, random: Random): void {
    const gaps = (leaf.histogram + leaf.column * histogramBytesPerColumn) >> 2;
    const hessian = this.#words[gaps];
    leaf.gapsLeft = random.uniform() * (leaf.hessianSum - hessian) < leaf.leftHessian ? 1 : 0;
    leaf.leftHessian += leaf.gapsLeft * hessian;
    leaf.leftGradient += leaf.gapsLeft * this.#words[gaps + 1];
  }

  /** Parts the rows of `leaf`, which becomes its left child. */
  #split(tree: GrownTree, leaf: Leaf, right: Leaf): void {
    const own = this.#own;
    const { bins: binsAddress } = this.#plan.addresses;
    const group = Math.floor(leaf.column / columnsPerGroup);
    const bins = binsAddress + group * this.#plan.rowCount * columnsPerGroup + (leaf.column % columnsPerGroup);
    const bias = 1 - leaf.gapsLeft;
    const limit = leaf.slot - bias;
    const result = own.result >> 2;
    this.#kernels.partitionWithGradients(
      own.activeRows + leaf.activeStart * 4,
      leaf.activeCount,
      bins,
      bias,
      limit,
      own.spareRows,
      own.result,
      own.gradients + leaf.activeStart * 8,
      own.spareGradients,
    );
    const activeLeft = this.#words[result];
    const rest = own.restRows + leaf.restStart * 4;
    this.#kernels.partition(rest, leaf.restCount, bins, bias, limit, own.spareRows, own.result);
    const restLeft = this.#words[result];

    right.activeStart = leaf.activeStart + activeLeft;
    right.activeCount = leaf.activeCount - activeLeft;
    right.restStart = leaf.restStart + restLeft;
    right.restCount = leaf.restCount - restLeft;
    right.gradientSum = leaf.gradientSum - leaf.leftGradient;
    right.hessianSum = leaf.hessianSum - leaf.leftHessian;
    right.score = 0;
    leaf.activeCount = activeLeft;
    leaf.restCount = restLeft;
    leaf.gradientSum = leaf.leftGradient;
    leaf.hessianSum = leaf.leftHessian;
    leaf.score = 0;

    const parent = leaf.node;
    tree.columns[parent] = leaf.column;
    tree.bins[parent] = leaf.slot;
    tree.gapsLeft[parent] = leaf.gapsLeft;
    leaf.node = tree.left[parent] = addNode(tree);
    right.node = tree.right[parent] = addNode(tree);
  }

  /** The histogram of the child with fewer rows is summed up, the other's is what remains of the parent's. */
  #searchChildren(left: Leaf, right: Leaf, random: Random): void {
    const [small, large] = left.activeCount < right.activeCount ? [left, right] : [right, left];
    const parentHistogram = left.histogram;
    if (large !== left) {
      left.histogram = right.histogram;
      right.histogram = parentHistogram;
    }
    this.#histograms.sumUp(small, this.#chosenCount);
    this.#kernels.subtract(this.#own.columnList, this.#chosenCount, large.histogram, small.histogram);
    this.#search(left, random);
    this.#search(right, random);
  }

  #finish(tree: GrownTree, leafCount: number): void {
    const { settings, addresses } = this.#plan;
    const own = this.#own;
    const scores = addresses.margins + tree.label * addresses.paddedRows * 4;
    const sums = own.result >> 3;
    for (let index = 0; index < leafCount; index++) {
      const leaf = this.#leaves[index];
      const active = own.activeRows + leaf.activeStart * 4;
      const rest = own.restRows + leaf.restStart * 4;
      this.#doubles[sums] = 0;
      this.#doubles[sums + 1] = 0;
      this.#kernels.addSums(active, leaf.activeCount, own.pairs, own.result);
      this.#kernels.addSums(rest, leaf.restCount, own.pairs, own.result);
      const value = leafValue(this.#doubles[sums], this.#doubles[sums + 1], settings);
      tree.values[leaf.node] = value;
      tree.cover[leaf.node] = leaf.activeCount + leaf.restCount;
      this.#kernels.addToScores(active, leaf.activeCount, scores, value);
      this.#kernels.addToScores(rest, leaf.restCount, scores, value);
    }
    for (let node = tree.columns.length - 1; node >= 0; node--) {
      if (tree.columns[node] >= 0) tree.cover[node] = tree.cover[tree.left[node]] + tree.cover[tree.right[node]];
    }
  }
}

function leafValue(gradientSum: number, hessianSum: number, { learningRate, l2 }: BoostingSettings): number {
  const value = (-learningRate * gradientSum) / (hessianSum + l2 + 1e-12);
  const held = Math.min(largestLeafValue, Math.max(-largestLeafValue, value));
  return Math.round(held / leafValueStep) * leafValueStep;
}
