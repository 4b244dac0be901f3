import type { ColumnMatch, SampleRow } from "@systemhealer/contract/diagnosis";
import { InvalidError } from "@systemhealer/domain/errors";
import { listNames } from "@systemhealer/domain/list-names";
import type { DiagnosisCard } from "@systemhealer/ml/diagnose/diagnosis-model";
import { hold, largestFloat32 } from "@systemhealer/ml/preprocess/hold";
import { seriesNames } from "./row-windows.ts";

/**
 * Rows as the model reads them: its features in its order, NaN for a gap.
 * @throws InvalidError `columns-do-not-match` when fewer than half of the KPIs that the model looks at are in any row
 */
export function rowValues(
  rows: readonly SampleRow[],
  card: DiagnosisCard,
): { values: Float32Array; columns: ColumnMatch } {
  const { features } = card;
  const index = new Map(features.map(({ name }, column) => [name, column]));
  const values = new Float32Array(rows.length * features.length).fill(Number.NaN);
  const known = new Set<string>();
  const unknown = new Set<string>();
  rows.forEach((row, number) => {
    for (const [name, value] of Object.entries(row)) {
      const column = index.get(name);
      if (column === undefined) unknown.add(name);
      else {
        known.add(name);
        if (typeof value === "string")
          throw new InvalidError("not-a-number", { row: number + 1, column: name, found: value });
        if (value !== null) values[number * features.length + column] = hold(value, largestFloat32);
      }
    }
  });
  refuseStrangers(features, known);
  const missing = features.map(({ name }) => name).filter((name) => !known.has(name));
  const looked = seriesNames([...unknown], card);
  return { values, columns: { missing, unknown: [...unknown].filter((name) => !looked.includes(name)) } };
}

function refuseStrangers(features: DiagnosisCard["features"], known: ReadonlySet<string>): void {
  const used = features.filter((feature) => feature.used).map(({ name }) => name);
  const missing = used.filter((name) => !known.has(name));
  const found = used.length - missing.length;
  if (found > 0 && 2 * found >= used.length) return;
  throw new InvalidError("columns-do-not-match", { found, expected: used.length, ...listNames(missing) });
}
