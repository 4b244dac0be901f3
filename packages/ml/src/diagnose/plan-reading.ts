import type { Delimiter } from "../table/dialect.ts";
import { TableError } from "../table/table-error.ts";
import { unusableNames } from "../table/unusable-names.ts";
import { inputWidth } from "../window/card-window.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import { matchColumns } from "./match-columns.ts";
import type { ReadingPlan } from "./row-batches.ts";

/** Where rows come from. */
export interface RowOrigin {
  /** Header cells of the table, as its profile tells them. */
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  /** Number of the first row, counted from 1 in the whole table. */
  readonly firstRow: number;
}

export interface ReadingOptions {
  /** The column that holds the known fault class, where its name is none that is recognised. */
  readonly labelColumn?: string;
  /** Whether the times of rows are asked for. */
  readonly withTimes: boolean;
  /** Default 4,096, fewer where a row has many numbers. */
  readonly rowsPerBatch?: number;
}

const defaultRowsPerBatch = 4_096;
/** Several batches are held at once. */
const numbersPerBatch = 2 ** 20;

/** @throws ColumnsDoNotMatchError */
export function planReading(
  origin: RowOrigin,
  { card }: Pick<DiagnosisModel, "card">,
  { labelColumn, withTimes, rowsPerBatch }: ReadingOptions,
): ReadingPlan {
  const { columns, delimiter, firstRow } = origin;
  const { features, classes } = card;
  return {
    columns,
    delimiter,
    firstRow,
    matched: matchColumns(columns, card, { ...(labelColumn !== undefined && { labelColumn }), withTimes }),
    featureCount: features.length,
    classes,
    rowsPerBatch:
      rowsPerBatch ?? Math.max(1, Math.min(defaultRowsPerBatch, Math.floor(numbersPerBatch / inputWidth(card)))),
  };
}

/**
 * Which of two columns is the KPI or the label that both are called, nobody can tell.
 * @throws TableError
 */
export function expectDistinctColumns({ columns, matched }: ReadingPlan, { card }: Pick<DiagnosisModel, "card">): void {
  const asked = new Set([...card.features.map(({ name }) => name), columns[matched.label]]);
  for (const { finding } of unusableNames(columns)) {
    if (finding.column !== undefined && asked.has(finding.column)) throw new TableError(finding);
  }
}
