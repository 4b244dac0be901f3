import type { ThreadAddresses } from "./boosting-memory.ts";
import type { BoostingPlan } from "./boosting-plan.ts";
import type { Kernels } from "./kernels/kernels.ts";
import { columnsPerGroup, histogramBytesPerColumn } from "./layout.ts";
import type { Leaf } from "./leaf.ts";

const rowsPerBlock = 4_096;

/** Sums of the gradients of leaves by column and bin, in the memory that the threads share. */
export class LeafHistograms {
  readonly #plan: BoostingPlan;
  readonly #own: ThreadAddresses;
  readonly #kernels: Kernels;
  readonly #chosen: Int32Array;

  /** @param chosen packed columns that the tree may use, rising; how many there are is told at each sum */
  constructor(plan: BoostingPlan, own: ThreadAddresses, kernels: Kernels, chosen: Int32Array) {
    this.#plan = plan;
    this.#own = own;
    this.#kernels = kernels;
    this.#chosen = chosen;
  }

  /** Sums up the histogram of a leaf, block by block of its rows, so that rows and gradients stay in the cache. */
  sumUp(leaf: Leaf, chosenCount: number): void {
    const own = this.#own;
    this.#kernels.clear(own.columnList, chosenCount, leaf.histogram);
    const end = leaf.activeStart + leaf.activeCount;
    for (let start = leaf.activeStart; start < end; start += rowsPerBlock) {
      const count = Math.min(rowsPerBlock, end - start);
      this.#addRows(leaf.histogram, own.activeRows + start * 4, own.gradients + start * 8, count, chosenCount);
    }
  }

  #addRows(histogram: number, rows: number, gradients: number, count: number, chosenCount: number): void {
    const chosen = this.#chosen;
    const groupBytes = this.#plan.rowCount * columnsPerGroup;
    for (let first = 0; first < chosenCount; ) {
      const group = Math.floor(chosen[first] / columnsPerGroup);
      let end = first + 1;
      while (end < chosenCount && chosen[end] < (group + 1) * columnsPerGroup) end++;
      const bins = this.#plan.addresses.bins + group * groupBytes;
      if (end - first === columnsPerGroup) {
        const target = histogram + group * columnsPerGroup * histogramBytesPerColumn;
        this.#kernels.accumulateGroup(rows, gradients, count, bins, target);
      } else {
        this.#addSome(histogram, first, end, rows, gradients, count, bins);
      }
      first = end;
    }
  }

  /** Columns that do not fill their group, up to four at a time. */
  #addSome(
    histogram: number,
    first: number,
    end: number,
    rows: number,
    gradients: number,
    count: number,
    bins: number,
  ): void {
    const { accumulate1, accumulate2, accumulate3, accumulate4 } = this.#kernels;
    const kernels = [accumulate1, accumulate2, accumulate3, accumulate4];
    for (let at = first; at < end; at += kernels.length) {
      const columns = this.#chosen.subarray(at, Math.min(end, at + kernels.length));
      const targets: (number | bigint)[] = [];
      for (const column of columns) {
        targets.push(histogram + column * histogramBytesPerColumn, BigInt((column % columnsPerGroup) * 8));
      }
      kernels[columns.length - 1](rows, gradients, count, bins, ...targets);
    }
  }
}
