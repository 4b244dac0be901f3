import type { CsvReader } from "../table/csv-reader.ts";
import { momentOf, previousRows, type Series } from "./series.ts";
import type { SeriesColumns } from "./series-columns.ts";

/** Takes note of the series and the time of each row that is read. */
export class SeriesReader {
  /** Positions of the columns that have to be read as texts. */
  readonly columns: readonly number[];
  readonly #header: readonly string[];
  readonly #own: SeriesColumns;
  readonly #nodes: number[] = [];
  readonly #times: number[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(header: readonly string[], own: SeriesColumns) {
    this.#header = header;
    this.#own = own;
    this.columns = [own.node, own.time].filter((column) => column >= 0);
  }

  /** @param reader whose current row is to be noted */
  add(reader: CsvReader): void {
    const { node, time } = this.#own;
    if (node >= 0) this.#nodes.push(this.#numberOf(reader.text(node) ?? ""));
    else this.#nodes.push(0);
    if (time >= 0) this.#times.push(momentOf(reader.text(time) ?? ""));
  }

  finish(): Series {
    const { node, time } = this.#own;
    return {
      ...(node >= 0 && { nodeColumn: this.#header[node] }),
      ...(time >= 0 && { timeColumn: this.#header[time] }),
      previous: previousRows(this.#nodes, time >= 0 ? this.#times : undefined),
    };
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(name, number);
    return number;
  }
}
