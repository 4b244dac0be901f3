import type { RawRows } from "../preprocess/preparation.ts";
import type { Table } from "../table/table.ts";
import type { Learned } from "./learn.ts";
import type { Report } from "./report.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** The rows that a training went by. */
export interface PreparedParts {
  readonly raw: RawRows;
  /** Of all parts, without duplicates. */
  readonly rows: Int32Array;
  /** Rows per class of them. */
  readonly classes: Report["preparation"]["classes"];
  /** Classes that had too few rows to be learned. */
  readonly leftOut: Report["preparation"]["classes"];
}

/** What was dropped, filled, selected and added before a learner saw the rows. */
export function preparationReport(
  table: Table,
  { raw, rows, classes, leftOut }: PreparedParts,
  { pipeline, main, training }: Learned,
  { missingIndicators }: TrainingSettings,
): Report["preparation"] {
  const { settings, scores } = main.prepared;
  const { scaler, imputer, selection } = settings;
  const featureScores = (scores ?? [])
    .map((score, column) => ({ name: table.featureNames[column], ...score }))
    .sort((one, other) => other.score - one.score);
  const rowsLeftOut = leftOut.reduce((sum, each) => sum + each.rows, 0);
  return {
    duplicateRowsDropped: table.rowCount - rowsLeftOut - rows.length,
    constantFeaturesDropped: constantFeatures(table, raw, training, missingIndicators),
    cellsImputed: imputer === "none" ? 0 : gapsInUsedColumns(raw, rows, pipeline.used),
    classes,
    ...(leftOut.length > 0 && { classesLeftOut: leftOut }),
    scaler,
    imputer,
    selection,
    featureScores,
    syntheticRows: main.syntheticRows,
  };
}

/** Columns that the training part has one number of, or none, and nothing that gaps could tell. */
function constantFeatures(
  { featureNames }: Table,
  { values, columnCount }: RawRows,
  rows: Int32Array,
  missingIndicators: boolean,
): string[] {
  return featureNames.filter((_, column) => {
    let seen = Number.NaN;
    let gaps = 0;
    for (const row of rows) {
      const value = values[row * columnCount + column];
      if (Number.isNaN(value)) gaps++;
      else if (Number.isNaN(seen)) seen = value;
      else if (value !== seen) return false;
    }
    return !missingIndicators || gaps === 0 || gaps === rows.length;
  });
}

function gapsInUsedColumns({ values, columnCount }: RawRows, rows: Int32Array, used: readonly boolean[]): number {
  let gaps = 0;
  for (const row of rows) {
    for (let column = 0; column < columnCount; column++) {
      if (used[column] && Number.isNaN(values[row * columnCount + column])) gaps++;
    }
  }
  return gaps;
}
