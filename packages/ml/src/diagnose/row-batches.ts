import { mostNodes } from "../anomaly/anomaly-tally.ts";
import { hashBytes } from "../hashing/hash64.ts";
import { hold, largestFloat32 } from "../preprocess/hold.ts";
import { isText } from "../table/cell.ts";
import { CsvReader } from "../table/csv-reader.ts";
import type { Delimiter } from "../table/dialect.ts";
import { createNodeIndex, LabelIndex, labelBeyondLimit, labelNotUtf8 } from "../table/label-index.ts";
import { rowFindings, rowTooLongFinding, textFinding } from "../table/row-findings.ts";
import { TableError } from "../table/table-error.ts";
import { momentOf } from "../window/series.ts";
import type { SeriesColumns } from "../window/series-columns.ts";
import type { MatchedColumns } from "./match-columns.ts";

/** How to read the rows of a table for a model; can be sent to a worker. */
export interface ReadingPlan {
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  readonly matched: MatchedColumns;
  /** Features of the model. */
  readonly featureCount: number;
  /** Of the model; labels are numbered by them. */
  readonly classes: readonly string[];
  /** Number of the first row. */
  readonly firstRow: number;
  readonly rowsPerBatch: number;
}

/** Rows as a model takes them. */
export interface RowBatch {
  rowCount: number;
  /** Number of the first row. */
  firstRow: number;
  /** `rowsPerBatch × featureCount`, row by row. */
  values: Float32Array;
  /** Index into `labelNames` per row, negative where there is no label. */
  readonly labels: Int32Array;
  /** Index into `placeNames` per row, negative where no node is named. */
  readonly places: Int32Array;
  /** Id cells, one after the other. */
  ids: Uint8Array;
  /** Where each id ends in `ids`. */
  readonly idEnds: Int32Array;
  /** With a window: a number per row that stands for its series. */
  readonly nodes: Float64Array;
  /** With a window: a number per row that grows with time, NaN where none is told. */
  readonly times: Float64Array;
  /** Classes of the model, then other labels seen so far. */
  labelNames: readonly string[];
  /** Names of the nodes seen so far. */
  placeNames: readonly string[];
}

/** Labels that the model does not know are told apart up to this number; the others count as one. */
const maxUnknownLabels = 200;
export const otherLabels = "…";

export function createBatch(plan: ReadingPlan): RowBatch {
  return {
    rowCount: 0,
    firstRow: plan.firstRow,
    values: new Float32Array(plan.rowsPerBatch * plan.featureCount).fill(Number.NaN),
    labels: new Int32Array(plan.rowsPerBatch),
    places: new Int32Array(plan.matched.node < 0 ? 0 : plan.rowsPerBatch),
    ids: new Uint8Array(plan.matched.id < 0 ? 0 : 16 * plan.rowsPerBatch),
    idEnds: new Int32Array(plan.matched.id < 0 ? 0 : plan.rowsPerBatch),
    nodes: new Float64Array(plan.matched.series ? plan.rowsPerBatch : 0),
    times: new Float64Array(plan.matched.series ? plan.rowsPerBatch : 0),
    labelNames: plan.classes,
    placeNames: [],
  };
}

/** 53 bits of a hash of the cell, so that no names have to be kept. */
function seriesNumber(cell: Uint8Array, hash: Uint32Array): number {
  hashBytes(cell, hash);
  return hash[0] * 2 ** 21 + (hash[1] >>> 11);
}

/** Fills batches from the bytes of rows. */
export class BatchReader {
  readonly #plan: ReadingPlan;
  readonly #reader: CsvReader;
  readonly #labels: LabelIndex;
  readonly #places = createNodeIndex(mostNodes);
  readonly #hash = new Uint32Array(2);

  constructor(plan: ReadingPlan) {
    this.#plan = plan;
    const { delimiter, firstRow } = plan;
    this.#reader = new CsvReader({ delimiter, uses: plan.matched.uses, exact: false, firstRow });
    this.#labels = new LabelIndex(plan.classes.length + maxUnknownLabels, plan.classes);
  }

  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  finish(): void {
    this.#reader.finish();
  }

  /**
   * Adds rows to the batch.
   * @returns whether it is full; if not, more bytes are needed
   * @throws TableError at the first thing that is wrong
   */
  fill(batch: RowBatch): boolean {
    const reader = this.#reader;
    const { matched, featureCount, rowsPerBatch } = this.#plan;
    const { targets } = matched;
    const { values } = reader;
    batch.labelNames = this.#labels.classes;
    batch.placeNames = this.#places.classes;
    while (batch.rowCount < rowsPerBatch) {
      if (!reader.readRow()) {
        if (reader.rowTooLong) throw new TableError(rowTooLongFinding(reader));
        return false;
      }
      if (reader.problemCount > 0) throw new TableError(rowFindings(reader, this.#plan.columns)[0]);
      const row = batch.rowCount;
      if (row === 0) batch.firstRow = reader.rowNumber;
      const offset = row * featureCount;
      for (let i = 0; i < targets.length; i++) batch.values[offset + targets[i]] = hold(values[i], largestFloat32);
      batch.labels[row] = this.#readLabel();
      if (matched.node >= 0) batch.places[row] = this.#places.indexOf(reader.cell(matched.node));
      if (matched.id >= 0) this.#keepId(batch, row);
      if (matched.series) this.#readSeries(batch, row, matched.series);
      batch.rowCount++;
    }
    return true;
  }

  #readSeries(batch: RowBatch, row: number, { node, time }: SeriesColumns): void {
    batch.nodes[row] = node < 0 ? 0 : seriesNumber(this.#reader.cell(node), this.#hash);
    batch.times[row] = time < 0 ? Number.NaN : momentOf(this.#reader.text(time) ?? "");
  }

  #readLabel(): number {
    const { label } = this.#plan.matched;
    if (label < 0) return -1;
    const index = this.#labels.indexOf(this.#reader.cell(label));
    if (index === labelNotUtf8) throw new TableError(textFinding(this.#reader, label, this.#plan.columns));
    return index === labelBeyondLimit ? this.#plan.classes.length + maxUnknownLabels : index;
  }

  #keepId(batch: RowBatch, row: number): void {
    const id = this.#reader.cell(this.#plan.matched.id);
    if (!isText(id)) {
      throw new TableError(textFinding(this.#reader, this.#plan.matched.id, this.#plan.columns));
    }
    const start = row === 0 ? 0 : batch.idEnds[row - 1];
    const end = start + id.length;
    if (end > batch.ids.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(batch.ids.subarray(0, start));
      batch.ids = larger;
    }
    batch.ids.set(id, start);
    batch.idEnds[row] = end;
  }
}
