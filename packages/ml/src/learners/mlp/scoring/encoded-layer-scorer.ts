import { mostScoringThreads } from "../../../workers/scoring-threads.ts";
import {
  changeBytes,
  entryBytes,
  type InterpolationKernel,
  openInterpolationKernel,
  openInterpolationKernelOn,
  stepBytes,
} from "./interpolation-kernel.ts";
import type { EncodedLayer } from "./read-encoded-layers.ts";

/** Rows whose sums stay in the processor's fastest cache beside a column's table. */
const rowsAtOnce = 64;
/**
 * A row that differs from the one before in no more than a part of the columns is told from that one's sums, but not
 * more than so many times in a row, so that rounding does not add up.
 */
const mostChangedShare = 0.25;
const mostFollowing = 15;
/** With fewer bins a column, the product of matrices is as quick. */
const leastBinsPerColumn = 6;

/** Instead of a place in memory: a value below the first bin, which adds nothing, or a row without changes. */
const nothing = -1;

/** The bins of one column. */
interface Run {
  readonly column: number;
  readonly first: number;
  readonly end: number;
  /** Where its tables begin, in bytes from the beginning of a member's. */
  readonly table: number;
}

/** A layer's tables as they lie in memory; can be sent to another thread, which looks up in the same bytes. */
export interface SharedLayer {
  readonly memory: WebAssembly.Memory;
  /** Of the bins; what the layer's weights tell is in the tables. */
  readonly bins: Pick<EncodedLayer, "starts" | "factors">;
  readonly units: number;
  readonly runs: readonly Run[];
  /** undefined for a network without members */
  readonly members: number | undefined;
  /** Bytes of a vector of all units, and of a member's tables. */
  readonly width: number;
  readonly memberBytes: number;
}

/**
 * What a layer gives for piecewise-linear encodings, without making them: all bins below a value are 1 and all above it
 * are 0, so that a column adds the sum of the weights up to the value's bin and a part of the next ones. These sums are
 * made once, and for each value two neighbours of them are looked up.
 */
export class EncodedLayerScorer {
  readonly shared: SharedLayer;
  readonly #runs: readonly Run[];
  readonly #members: number;
  readonly #kernel: InterpolationKernel;
  readonly #words: Int32Array;
  readonly #floats: Float32Array;
  readonly #width: number;
  /** Where entries and sums begin. */
  readonly #entries: number;
  readonly #sums: number;
  /** What is to be added to the sums of the row before; so many bytes for each row. */
  readonly #changes: number;
  readonly #changesBytes: number;
  /** Where the changes of each row of a block end; `nothing` for a row that is summed up itself. */
  readonly #changesEnd = new Int32Array(rowsAtOnce);

  /**
   * @param mostTableBytes what the tables may take
   * @returns undefined where looking up is no quicker, or takes too much memory
   */
  static open(layer: EncodedLayer, mostTableBytes: number): EncodedLayerScorer | undefined {
    const { units, columns, scales, starts, factors } = layer;
    const width = stepBytes * Math.ceil((4 * units) / stepBytes);
    const runs = runsOf(layer, width);
    const last = runs.at(-1);
    if (!last || columns.length < leastBinsPerColumn * runs.length) return undefined;
    const members = scales && scales.length / columns.length;
    const memberBytes = last.table + (last.end - last.first + 1) * width;
    const tableBytes = (members ?? 1) * memberBytes;
    if (tableBytes > mostTableBytes) return undefined;
    const opened = openInterpolationKernel(tableBytes + mostScoringThreads * rowsAtOnce * bytesPerRow(runs, width));
    if (!opened) return undefined;
    const { memory, kernel } = opened;
    const bins = { starts: starts.slice(), factors: factors.slice() };
    const shared = { memory, bins, units, runs, members, width, memberBytes };
    fillTables(layer, shared);
    return new EncodedLayerScorer(shared, kernel, 0);
  }

  /**
   * Looks up in tables that another thread has opened.
   * @param thread from 1, a number for each; below `mostScoringThreads`
   */
  static share(shared: SharedLayer, thread: number): EncodedLayerScorer {
    return new EncodedLayerScorer(shared, openInterpolationKernelOn(shared.memory).kernel, thread);
  }

  private constructor(shared: SharedLayer, kernel: InterpolationKernel, thread: number) {
    const { memory, runs, members = 1, width, memberBytes } = shared;
    this.shared = shared;
    this.#runs = runs;
    this.#members = members;
    this.#kernel = kernel;
    this.#words = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#width = width;
    this.#sums = members * memberBytes + thread * rowsAtOnce * bytesPerRow(runs, width);
    this.#entries = this.#sums + rowsAtOnce * width;
    this.#changes = this.#entries + rowsAtOnce * entryBytes * runs.length;
    this.#changesBytes = 2 * changeBytes * mostChanged(runs);
  }

  /** What the tables of all members take. */
  get tableBytes(): number {
    return this.#members * this.shared.memberBytes;
  }

  /** Shape of what it gives for some rows. */
  shape<Rows extends number | string>(rows: Rows): (number | Rows)[] {
    const { members, units } = this.shared;
    return members !== undefined ? [members, rows, units] : [rows, units];
  }

  /**
   * @param values `rowCount × columnCount`, row by row, no gaps
   * @param following tells a row that is like the one before from that one, which is quicker and the same up to rounding
   * @returns `members × rowCount × units`
   */
  score(values: Float32Array, rowCount: number, columnCount: number, following = false): Float32Array {
    const { units } = this.shared;
    const width = this.#width;
    const outputs = new Float32Array(this.#members * rowCount * units);
    for (let first = 0; first < rowCount; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, rowCount - first);
      this.#findBins(values, first, count, columnCount);
      if (following) this.#findChanges(count);
      else this.#changesEnd.fill(nothing);
      for (let member = 0; member < this.#members; member++) {
        this.#sumUp(member, count);
        for (let row = 0; row < count; row++) {
          const from = (this.#sums + row * width) / 4;
          outputs.set(this.#floats.subarray(from, from + units), (member * rowCount + first + row) * units);
        }
      }
    }
    return outputs;
  }

  #sumUp(member: number, count: number): void {
    const width = this.#width;
    const { addInterpolated, addChanges } = this.#kernel;
    const table = member * this.shared.memberBytes;
    this.#floats.fill(0, this.#sums / 4, (this.#sums + count * width) / 4);
    for (const [index, run] of this.#runs.entries()) {
      const entries = this.#entriesOf(index);
      addInterpolated(entries, entries + count * entryBytes, table + run.table, this.#sums, width);
    }
    for (let row = 1; row < count; row++) {
      if (this.#changesEnd[row] < 0) continue;
      const sum = this.#sums + row * width;
      this.#floats.copyWithin(sum / 4, (sum - width) / 4, sum / 4);
      addChanges(this.#changes + row * this.#changesBytes, this.#changesEnd[row], table, sum, width);
    }
  }

  #entriesOf(run: number): number {
    return this.#entries + run * rowsAtOnce * entryBytes;
  }

  /** Finds the rows that are told from the ones before them, and takes their entries away. */
  #findChanges(count: number): void {
    const words = this.#words;
    const changed = new Int32Array(count);
    for (let run = 0; run < this.#runs.length; run++) {
      let at = this.#entriesOf(run) / 4 + 2;
      for (let row = 1; row < count; row++, at += 2) {
        if (words[at] !== words[at - 2] || words[at + 1] !== words[at - 1]) changed[row]++;
      }
    }
    const most = mostChanged(this.#runs);
    const ends = this.#changesEnd;
    for (let row = 0, following = 0; row < count; row++) {
      following = row > 0 && changed[row] <= most && following < mostFollowing ? following + 1 : 0;
      ends[row] = following > 0 ? this.#changes + row * this.#changesBytes : nothing;
    }
    for (const [run, { table }] of this.#runs.entries()) {
      // From the last row on, since an entry is compared with the one before it.
      for (let row = count - 1, at = this.#entriesOf(run) / 4 + 2 * row; row > 0; row--, at -= 2) {
        if (ends[row] < 0) continue;
        if (words[at] !== words[at - 2] || words[at + 1] !== words[at - 1]) {
          this.#addChange(row, at - 2, table, -1);
          this.#addChange(row, at, table, 1);
        }
        words[at] = nothing;
      }
    }
  }

  #addChange(row: number, entry: number, table: number, factor: number): void {
    if (this.#words[entry] === nothing) return;
    const at = this.#changesEnd[row] / 4;
    this.#words[at] = table + this.#words[entry];
    this.#words[at + 1] = this.#words[entry + 1];
    this.#floats[at + 2] = factor;
    this.#changesEnd[row] += changeBytes;
  }

  #findBins(values: Float32Array, firstRow: number, count: number, columnCount: number): void {
    const { starts, factors } = this.shared.bins;
    for (const [index, { column, first, end }] of this.#runs.entries()) {
      let at = this.#entriesOf(index) / 4;
      let former: number | undefined;
      for (let row = firstRow; row < firstRow + count; row++, at += entryBytes / 4) {
        const value = values[row * columnCount + column];
        if (value === former) {
          this.#words[at] = this.#words[at - 2];
          this.#words[at + 1] = this.#words[at - 1];
          continue;
        }
        former = value;
        let bin = first;
        for (let length = end - first; length > 1; ) {
          const half = length >> 1;
          if (starts[bin + half] <= value) bin += half;
          length -= half;
        }
        const share = Math.fround(Math.fround(value - starts[bin]) * factors[bin]);
        const clipped = Math.min(Math.max(share, 0), 1);
        this.#words[at] = bin === first && clipped === 0 ? nothing : (bin - first) * this.#width;
        this.#floats[at + 1] = clipped;
      }
    }
  }
}

function fillTables(
  { weights, scales, units, columns }: EncodedLayer,
  { memory, runs, members = 1, width, memberBytes }: SharedLayer,
): void {
  const floats = new Float32Array(memory.buffer);
  const sums = new Float64Array(units);
  for (let member = 0; member < members; member++) {
    for (const { first, end, table } of runs) {
      sums.fill(0);
      let at = (member * memberBytes + table) / 4;
      for (let bin = first; bin < end; bin++) {
        at += width / 4;
        const scale = scales ? scales[member * columns.length + bin] : 1;
        for (let unit = 0; unit < units; unit++) {
          sums[unit] += scale * weights[bin * units + unit];
          floats[at + unit] = sums[unit];
        }
      }
    }
  }
}

/** Of what a thread keeps for a row: its sums, entries and changes. */
function bytesPerRow(runs: readonly Run[], width: number): number {
  return width + entryBytes * runs.length + 2 * changeBytes * mostChanged(runs);
}

function mostChanged(runs: readonly Run[]): number {
  return Math.floor(mostChangedShare * runs.length);
}

function runsOf({ columns }: EncodedLayer, width: number): Run[] {
  const runs: Run[] = [];
  let table = 0;
  for (let first = 0; first < columns.length; ) {
    let end = first + 1;
    while (end < columns.length && columns[end] === columns[first]) end++;
    runs.push({ column: columns[first], first, end, table });
    table += (end - first + 1) * width;
    first = end;
  }
  return runs;
}
