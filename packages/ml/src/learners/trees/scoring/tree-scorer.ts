import type { OpenKernel } from "../../../wasm/own-memory.ts";
import type { TreeEnsemble } from "../tree.ts";
import { openScoringKernels, type ScoringKernels } from "./kernels.ts";
import { laneBytes, lanes } from "./lanes.ts";
import { bytesOf, type LaidPart, layEnsemble } from "./tree-layout.ts";

/** An ensemble and what it takes of a row. */
export interface ScoredEnsemble {
  readonly ensemble: TreeEnsemble;
  /** Column of the row for each column of the ensemble. */
  readonly columns: Int32Array;
}

/** Blocks of 16 rows whose values and sums stay in the processor's cache together. */
const blocksAtOnce = 8;
/** So few rows go through deep trees one by one, instead of sixteen at once. */
const mostAlone = 3;
/** Values that are 0 for every row. */
const zeros = 0;

/** Columns as the trees see them: with gaps as NaN, which go right, or as −∞, which goes left. */
class Slots {
  readonly columns: number[] = [];
  readonly gapsLeft: boolean[] = [];
  readonly #known = new Map<number, number>();

  offset(column: number, gapsLeft: boolean): number {
    const key = 2 * column + (gapsLeft ? 1 : 0);
    let slot = this.#known.get(key);
    if (slot === undefined) {
      slot = this.columns.length;
      this.#known.set(key, slot);
      this.columns.push(column);
      this.gapsLeft.push(gapsLeft);
    }
    return zeros + (slot + 1) * laneBytes;
  }
}

/**
 * Sums of the leaf values of ensembles of trees, the same float32 sums in the order of the trees as onnxruntime's on one
 * thread.
 */
export class TreeScorer {
  readonly #ensembles: readonly Pick<TreeEnsemble, "outputCount" | "base">[];
  readonly #width: number;
  readonly #slotColumns: Int32Array;
  /** What stands for a gap: −∞ goes left, ∞ right. */
  readonly #slotGaps: Float32Array;
  readonly #kernels: ScoringKernels;
  /** Of each ensemble. */
  readonly #parts: readonly (readonly LaidPart[])[];
  readonly #floats: Float32Array;
  readonly #values: number;
  readonly #sums: number;
  readonly #outputCount: number;

  /**
   * @param width numbers of a row
   * @returns undefined where there is not enough memory
   */
  static open(ensembles: readonly ScoredEnsemble[], width: number): TreeScorer | undefined {
    const slots = new Slots();
    for (const { ensemble, columns } of ensembles) {
      for (const tree of ensemble.trees) {
        for (const [node, column] of tree.columns.entries()) {
          if (column >= 0) slots.offset(columns[column], tree.gapsLeft[node] === 1);
        }
      }
    }
    const outputCount = ensembles.reduce((sum, { ensemble }) => sum + ensemble.outputCount, 0);
    const treeBytes = ensembles.reduce((sum, { ensemble }) => sum + bytesOf(ensemble), 0);
    const rowBytes = blocksAtOnce * laneBytes * (1 + slots.columns.length + outputCount);
    const opened = openScoringKernels(treeBytes + rowBytes);
    return opened && new TreeScorer(ensembles, width, slots, opened, treeBytes, outputCount);
  }

  private constructor(
    ensembles: readonly ScoredEnsemble[],
    width: number,
    slots: Slots,
    { buffer, kernel }: OpenKernel<ScoringKernels>,
    treeBytes: number,
    outputCount: number,
  ) {
    this.#ensembles = ensembles.map(({ ensemble: { outputCount: count, base } }) => ({ outputCount: count, base }));
    this.#width = width;
    this.#kernels = kernel;
    this.#outputCount = outputCount;
    this.#floats = new Float32Array(buffer);
    this.#values = treeBytes;
    this.#sums = treeBytes + blocksAtOnce * laneBytes * (1 + slots.columns.length);
    const memory = new DataView(buffer);
    const parts: LaidPart[][] = [];
    let address = 0;
    let sums = 0;
    for (const { ensemble, columns } of ensembles) {
      const offset = (column: number, gapsLeft: boolean) => slots.offset(columns[column], gapsLeft);
      parts.push(layEnsemble(ensemble, memory, address, sums, offset));
      address += bytesOf(ensemble);
      sums += ensemble.outputCount * laneBytes;
    }
    this.#parts = parts;
    this.#slotColumns = Int32Array.from(slots.columns);
    this.#slotGaps = Float32Array.from(slots.gapsLeft, (left) => (left ? -Infinity : Infinity));
  }

  /**
   * @param values rows of `width` numbers, NaN for a gap
   * @param first row to begin with
   * @param wanted which ensembles are asked; default all
   * @returns for each that is asked its outputs, `rowCount × outputCount`
   */
  score(
    values: Float32Array,
    first: number,
    rowCount: number,
    wanted?: readonly boolean[],
  ): (Float32Array | undefined)[] {
    const outputs = this.#ensembles.map(({ outputCount }, index) =>
      wanted?.[index] === false ? undefined : new Float32Array(rowCount * outputCount),
    );
    const parts = this.#parts.flatMap((own, index) => (outputs[index] ? own : []));
    if (parts.length === 0) return outputs;
    const rowsAtOnce = blocksAtOnce * lanes;
    for (let done = 0; done < rowCount; done += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rowCount - done);
      this.#lay(values, first + done, count);
      this.#run(parts, count);
      this.#take(outputs, done, count);
    }
    return outputs;
  }

  /** Puts rows side by side, column by column. */
  #lay(values: Float32Array, first: number, count: number): void {
    const floats = this.#floats;
    const columns = this.#slotColumns;
    const gaps = this.#slotGaps;
    const width = this.#width;
    const blockLength = lanes * (1 + columns.length);
    for (let row = 0; row < count; row++) {
      const from = (first + row) * width;
      let to = this.#values / 4 + Math.floor(row / lanes) * blockLength + (row % lanes) + lanes;
      for (let slot = 0; slot < columns.length; slot++, to += lanes) {
        const value = values[from + columns[slot]];
        floats[to] = Number.isNaN(value) ? gaps[slot] : value;
      }
    }
  }

  #run(parts: readonly LaidPart[], count: number): void {
    const { scoreByMasks, scoreByWalk, walkOne } = this.#kernels;
    const valuesStep = laneBytes * (1 + this.#slotColumns.length);
    const sumsStep = laneBytes * this.#outputCount;
    const blocks = Math.ceil(count / lanes);
    const valuesEnd = this.#values + blocks * valuesStep;
    this.#floats.fill(0, this.#sums / 4, (this.#sums + blocks * sumsStep) / 4);
    for (const part of parts) {
      if (part.kind === "masks") {
        for (let block = 0; block < blocks; block++) {
          scoreByMasks(part.start, part.end, this.#values + block * valuesStep, this.#sums + block * sumsStep);
        }
      } else if (count <= mostAlone) {
        for (let lane = 0; lane < count; lane++) walkOne(part.root, this.#values + 4 * lane, this.#sums + 4 * lane);
      } else scoreByWalk(part.root, this.#values, valuesEnd, valuesStep, this.#sums, sumsStep);
    }
  }

  #take(outputs: readonly (Float32Array | undefined)[], done: number, count: number): void {
    const floats = this.#floats;
    let start = this.#sums / 4;
    for (const [index, { outputCount, base }] of this.#ensembles.entries()) {
      const own = outputs[index];
      for (let row = 0; own && row < count; row++) {
        const from = start + Math.floor(row / lanes) * lanes * this.#outputCount + (row % lanes);
        const to = (done + row) * outputCount;
        for (let output = 0; output < outputCount; output++) {
          own[to + output] = floats[from + output * lanes] + base[output];
        }
      }
      start += outputCount * lanes;
    }
  }
}
