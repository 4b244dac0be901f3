import type { Samples } from "../../learner.ts";

/** Columns that are read at a time: as many float32 values as a cache line holds. */
const columnsAtOnce = 16;

/** Reads rows column by column, several columns in each pass over the rows. */
export class ColumnReader {
  readonly #samples: Samples;
  readonly #columns: Float32Array[];
  #first = 0;
  #end = 0;

  constructor(samples: Samples) {
    this.#samples = samples;
    this.#columns = Array.from({ length: columnsAtOnce }, () => new Float32Array(samples.rowCount));
  }

  /** @returns the values of a column; they are overwritten once a column farther on is asked for */
  read(column: number): Float32Array {
    if (column < this.#first || column >= this.#end) this.#readFrom(column);
    return this.#columns[column - this.#first];
  }

  #readFrom(first: number): void {
    const { values, rowCount, columnCount } = this.#samples;
    this.#first = first;
    this.#end = Math.min(columnCount, first + columnsAtOnce);
    const count = this.#end - first;
    for (let row = 0; row < rowCount; row++) {
      const offset = row * columnCount + first;
      for (let place = 0; place < count; place++) this.#columns[place][row] = values[offset + place];
    }
  }
}
