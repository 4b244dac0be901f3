import { ColumnsDoNotMatchError } from "../../diagnose/match-columns.ts";
import { alignColumns } from "../../pipeline/align-columns.ts";
import type { ModelCard } from "../../pipeline/model-card.ts";
import type { Table } from "../../table/table.ts";
import type { IdentifiedRows } from "./match-rows.ts";

/**
 * The rows of a table with the columns of a model, in its order; those that the table lacks are gaps.
 * @throws ColumnsDoNotMatchError where fewer than half of the columns that the model looks at are there
 */
export function alignTable(table: Table & { readonly sampleIds?: readonly string[] }, card: ModelCard): IdentifiedRows {
  const { sources } = alignColumns(
    card.features.map(({ name }) => name),
    table.featureNames,
  );
  const looked = card.features.filter(({ used }) => used);
  const missing = looked.filter(({ name }) => !table.featureNames.includes(name)).map(({ name }) => name);
  const found = looked.length - missing.length;
  if (found === 0 || 2 * found < looked.length) throw new ColumnsDoNotMatchError(found, looked.length, missing);
  const width = table.featureNames.length;
  const values = new Float32Array(table.rowCount * sources.length);
  let cell = 0;
  for (let row = 0; row < table.rowCount; row++) {
    for (const source of sources) values[cell++] = source < 0 ? Number.NaN : table.values[row * width + source];
  }
  return { columnCount: sources.length, rowCount: table.rowCount, values, ids: table.sampleIds };
}
