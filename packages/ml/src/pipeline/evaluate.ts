import type { DiagnosisModel } from "../diagnose/diagnosis-model.ts";

import { type Evaluation, evaluatePredictions } from "../metrics/evaluate-predictions.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { Table } from "../table/table.ts";
import { stepsOf } from "../window/card-window.ts";
import { windowRows } from "../window/window-rows.ts";
import { alignColumns } from "./align-columns.ts";

const rowsPerBlock = 4_096;

export interface ModelEvaluation extends Evaluation {
  /** The model's classes in its order, then those of the data that it does not know. */
  readonly classes: readonly string[];
  /** Mean over the rows whose class the model knows. */
  readonly logLoss: number;
  readonly columns: { readonly missing: readonly string[]; readonly unknown: readonly string[] };
}

/** Thrown where there is nothing to compare the predictions with. */
export class NoLabelsError extends Error {
  override readonly name = "NoLabelsError";
}

/**
 * Scores a model on labelled rows. Columns are found by name, in any order; those that the table lacks are gaps. Rows
 * without label (−1) are passed over; a class that the model does not know is never predicted, so its rows count as
 * wrong and its F1 is 0. A model for windows needs a table that tells its series.
 * @throws NoLabelsError where no row has a label
 */
export async function evaluateModel(
  model: DiagnosisModel,
  table: Table,
  options: { readonly signal?: AbortSignal } = {},
): Promise<ModelEvaluation> {
  const known = model.card.classes;
  const { rows, labels, classes } = labelledRows(table, known);
  const columns = alignColumns(
    model.card.features.map(({ name }) => name),
    table.featureNames,
  );
  const steps = stepsOf(model.card);
  const predicted = new Int32Array(rows.length);
  let knownRows = 0;
  let totalLoss = 0;
  for (let first = 0; first < rows.length; first += rowsPerBlock) {
    options.signal?.throwIfAborted();
    const block = rows.subarray(first, first + rowsPerBlock);
    const probabilities = await model.predict(
      alignRows(table, windowRows(table.series ?? {}, block, steps), columns.sources),
      block.length,
    );
    predicted.set(mostProbable(probabilities, known.length), first);
    for (let row = 0; row < block.length; row++) {
      const label = labels[first + row];
      if (label >= known.length) continue;
      knownRows++;
      totalLoss += logLoss(
        probabilities.subarray(row * known.length, (row + 1) * known.length),
        Int32Array.of(label),
        known.length,
      );
    }
  }
  return {
    ...evaluatePredictions(labels, predicted, classes),
    classes,
    logLoss: knownRows === 0 ? 0 : totalLoss / knownRows,
    columns: { missing: columns.missing, unknown: columns.unknown },
  };
}

function labelledRows(table: Table, known: readonly string[]) {
  const { labels: tableLabels, classes: tableClasses } = table;
  if (!tableLabels || !tableClasses) throw new NoLabelsError("the rows have no labels to compare with");
  const rows = Int32Array.from(tableLabels.keys()).filter((row) => tableLabels[row] >= 0);
  if (rows.length === 0) throw new NoLabelsError("no row has a label to compare with");
  const classes = [...known, ...tableClasses.filter((name) => !known.includes(name))];
  const indexes = tableClasses.map((name) => classes.indexOf(name));
  return { rows, classes, labels: rows.map((row) => indexes[tableLabels[row]]) };
}

/** Copies rows with their columns in the model's order. */
function alignRows(table: Table, rows: Int32Array, sources: Int32Array): Float32Array {
  const width = table.featureNames.length;
  const values = new Float32Array(rows.length * sources.length);
  let cell = 0;
  for (const row of rows) {
    for (const source of sources) values[cell++] = source < 0 ? Number.NaN : table.values[row * width + source];
  }
  return values;
}
