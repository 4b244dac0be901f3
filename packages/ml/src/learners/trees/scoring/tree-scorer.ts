import { mostScoringThreads } from "../../../workers/scoring-threads.ts";
import type { TreeEnsemble } from "../tree.ts";
import { openScoringKernels, openScoringKernelsOn, type ScoringKernels } from "./kernels.ts";
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

/** Trees as they lie in memory; can be sent to another thread, which scores by the same bytes. */
export interface SharedTrees {
  readonly memory: WebAssembly.Memory;
  readonly ensembles: readonly Pick<TreeEnsemble, "outputCount" | "base">[];
  /** Numbers of a row. */
  readonly width: number;
  readonly slotColumns: Int32Array;
  /** What stands for a gap: −∞ goes left, ∞ right. */
  readonly slotGaps: Float32Array;
  /** Of each ensemble. */
  readonly parts: readonly (readonly LaidPart[])[];
  readonly outputCount: number;
  /** What the trees take. */
  readonly treeBytes: number;
  /** What the rows of each thread take; they lie behind the trees, one thread's after the other's. */
  readonly rowBytes: number;
}

/**
 * Sums of the leaf values of ensembles of trees, the same float32 sums in the order of the trees as onnxruntime's on one
 * thread.
 */
export class TreeScorer {
  readonly shared: SharedTrees;
  readonly #kernels: ScoringKernels;
  readonly #floats: Float32Array;
  /** Where values and sums begin. */
  readonly #values: number;
  readonly #sums: number;

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
    const opened = openScoringKernels(treeBytes + mostScoringThreads * rowBytes);
    if (!opened) return undefined;
    const shared = {
      memory: opened.memory,
      ensembles: ensembles.map(({ ensemble: { outputCount: count, base } }) => ({
        outputCount: count,
        base: base.slice(),
      })),
      width,
      slotColumns: Int32Array.from(slots.columns),
      slotGaps: Float32Array.from(slots.gapsLeft, (left) => (left ? -Infinity : Infinity)),
      parts: layAll(ensembles, slots, opened.buffer),
      outputCount,
      treeBytes,
      rowBytes,
    };
    return new TreeScorer(shared, opened.kernel, 0);
  }

  /**
   * Scores by trees that another thread has opened.
   * @param thread from 1, a number for each; below `mostScoringThreads`
   */
  static share(shared: SharedTrees, thread: number): TreeScorer {
    return new TreeScorer(shared, openScoringKernelsOn(shared.memory).kernel, thread);
  }

  private constructor(shared: SharedTrees, kernels: ScoringKernels, thread: number) {
    this.shared = shared;
    this.#kernels = kernels;
    this.#floats = new Float32Array(shared.memory.buffer);
    this.#values = shared.treeBytes + thread * shared.rowBytes;
    this.#sums = this.#values + blocksAtOnce * laneBytes * (1 + shared.slotColumns.length);
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
    const { ensembles, parts: all } = this.shared;
    const outputs = ensembles.map(({ outputCount }, index) =>
      wanted?.[index] === false ? undefined : new Float32Array(rowCount * outputCount),
    );
    const parts = all.flatMap((own, index) => (outputs[index] ? own : []));
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
    const { slotColumns: columns, slotGaps: gaps, width } = this.shared;
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
    const valuesStep = laneBytes * (1 + this.shared.slotColumns.length);
    const sumsStep = laneBytes * this.shared.outputCount;
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
    const { ensembles, outputCount: allOutputs } = this.shared;
    let start = this.#sums / 4;
    for (const [index, { outputCount, base }] of ensembles.entries()) {
      const own = outputs[index];
      for (let row = 0; own && row < count; row++) {
        const from = start + Math.floor(row / lanes) * lanes * allOutputs + (row % lanes);
        const to = (done + row) * outputCount;
        for (let output = 0; output < outputCount; output++) {
          own[to + output] = floats[from + output * lanes] + base[output];
        }
      }
      start += outputCount * lanes;
    }
  }
}

/** Writes the ensembles into memory, one after the other. */
function layAll(ensembles: readonly ScoredEnsemble[], slots: Slots, buffer: ArrayBufferLike): LaidPart[][] {
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
  return parts;
}
