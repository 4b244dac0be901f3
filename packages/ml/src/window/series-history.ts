/** Numbers of rows that are kept, over all series: those of the series that were seen last. */
const mostKeptNumbers = 16 * 1024 * 1024;

interface Kept {
  /** By time, the oldest first; as many as a window has before its last row, at most. */
  readonly rows: Float32Array[];
  readonly times: number[];
}

/**
 * Makes windows of rows that come one after the other, from many series mixed. What a series needs is kept in bounded
 * memory: where there are too many series, the one that was silent longest is forgotten and begins anew.
 */
export class SeriesHistory {
  readonly #steps: number;
  readonly #width: number;
  readonly #mostSeries: number;
  readonly #series = new Map<number, Kept>();

  /**
   * @param steps rows of a window
   * @param width numbers of a row
   */
  constructor(steps: number, width: number) {
    this.#steps = steps;
    this.#width = width;
    this.#mostSeries = Math.max(1, Math.floor(mostKeptNumbers / ((steps - 1) * width)));
  }

  /**
   * The window of each row: those of its series that came before and are not later, the oldest first, then the row;
   * where there are too few, the oldest is repeated.
   * @param values `rowCount × width` numbers, row by row; copied
   * @param nodes which series each row belongs to
   * @param times a number that grows with time; NaN: after all that came
   * @returns `rowCount × steps × width` numbers
   */
  windows(values: Float32Array, rowCount: number, nodes: ArrayLike<number>, times: ArrayLike<number>): Float32Array {
    const windows = new Float32Array(rowCount * this.#steps * this.#width);
    this.#pass(values, rowCount, nodes, times, windows);
    return windows;
  }

  /** Takes note of rows that nothing is asked about. */
  remember(values: Float32Array, rowCount: number, nodes: ArrayLike<number>, times: ArrayLike<number>): void {
    this.#pass(values, rowCount, nodes, times, undefined);
  }

  #pass(
    values: Float32Array,
    rowCount: number,
    nodes: ArrayLike<number>,
    times: ArrayLike<number>,
    windows: Float32Array | undefined,
  ): void {
    const width = this.#width;
    for (let row = 0; row < rowCount; row++) {
      const kept = this.#of(nodes[row]);
      const time = Number.isNaN(times[row]) ? (kept.times.at(-1) ?? Number.NEGATIVE_INFINITY) : times[row];
      let place = kept.times.length;
      while (place > 0 && kept.times[place - 1] > time) place--;
      const own = values.slice(row * width, (row + 1) * width);
      if (windows) this.#write(windows, row, kept.rows, place, own);
      kept.rows.splice(place, 0, own);
      kept.times.splice(place, 0, time);
      if (kept.rows.length < this.#steps) continue;
      kept.rows.shift();
      kept.times.shift();
    }
  }

  #write(windows: Float32Array, row: number, rows: readonly Float32Array[], place: number, own: Float32Array): void {
    const steps = this.#steps;
    for (let step = 0; step < steps; step++) {
      const from = Math.max(0, place - (steps - 1) + step);
      windows.set(from < place ? rows[from] : own, (row * steps + step) * this.#width);
    }
  }

  #of(node: number): Kept {
    const known = this.#series.get(node);
    const kept = known ?? { rows: [], times: [] };
    if (known) this.#series.delete(node);
    this.#series.set(node, kept);
    if (this.#series.size > this.#mostSeries) {
      const [silent] = this.#series.keys();
      this.#series.delete(silent);
    }
    return kept;
  }
}
