import { assignColumnRoles } from "../table/column-roles.ts";
import { type ColumnUse, keepText, skipColumn } from "../table/csv-reader.ts";
import { type SeriesColumns, seriesColumns } from "../window/series-columns.ts";
import type { DiagnosisCard } from "./diagnosis-model.ts";

/** How the columns of what was sent fit those of the model. */
export interface ColumnMatch {
  /** Columns of the model that were not sent: read as gaps. */
  readonly missing: readonly string[];
  /** Columns sent that the model does not know: not used. */
  readonly unknown: readonly string[];
}

/** How to read a table for a model. */
export interface MatchedColumns {
  readonly match: ColumnMatch;
  /** For `CsvReader`: numbers count the features that are there. */
  readonly uses: readonly ColumnUse[];
  /** Feature of the model for each feature that is there. */
  readonly targets: Int32Array;
  /** Position in the header, −1 where there is none. */
  readonly label: number;
  /** Position in the header, −1 where there is none. */
  readonly id: number;
  /** Position in the header of the column that names a row's node, −1 where there is none. */
  readonly node: number;
  /** What tells which series a row belongs to and when it was; read only where somebody asks for it. */
  readonly series?: SeriesColumns;
}

/** The table has too few of the columns that the model looks at. */
export class ColumnsDoNotMatchError extends Error {
  override readonly name = "ColumnsDoNotMatchError";
  /** How many of the features that the model looks at are there. */
  readonly found: number;
  /** How many features the model looks at. */
  readonly expected: number;
  /** Those that are not there. */
  readonly missing: readonly string[];

  constructor(found: number, expected: number, missing: readonly string[]) {
    super(`${found} of the ${expected} columns that the model needs are there`);
    this.found = found;
    this.expected = expected;
    this.missing = missing;
  }
}

/**
 * Matches columns by name. A feature of the model is one whatever else its name could mean; of columns that share a
 * name the first counts. With `withTimes`, or for a model for windows, it is told when each row was.
 * @throws ColumnsDoNotMatchError where fewer than half of the features that the model looks at are there
 */
export function matchColumns(
  columns: readonly string[],
  card: DiagnosisCard,
  options: { readonly labelColumn?: string; readonly withTimes?: boolean } = {},
): MatchedColumns {
  const absent = new Map(card.features.map(({ name }, index) => [name, index]));
  const labelColumn = options.labelColumn === undefined ? {} : { labelColumn: options.labelColumn };
  const roles = assignColumnRoles(columns, { ...labelColumn, knownFeatures: new Set(absent.keys()) });
  const uses: ColumnUse[] = columns.map(() => skipColumn);
  const targets: number[] = [];
  const unknown: string[] = [];
  for (const column of roles.features) {
    const index = absent.get(columns[column]);
    if (index === undefined) {
      unknown.push(columns[column]);
      continue;
    }
    absent.delete(columns[column]);
    uses[column] = targets.length;
    targets.push(index);
  }
  const told = seriesColumns(columns, roles.context, card.window);
  const series = (card.window ?? options.withTimes) ? told : undefined;
  const { node } = told;
  const texts = [roles.label, roles.id, node, ...(series ? [series.node, series.time] : [])];
  for (const column of texts) if (column >= 0) uses[column] = keepText;
  const used = card.features.filter((feature) => feature.used);
  const missingUsed = used.filter(({ name }) => absent.has(name)).map(({ name }) => name);
  const found = used.length - missingUsed.length;
  if (found === 0 || 2 * found < used.length) throw new ColumnsDoNotMatchError(found, used.length, missingUsed);
  const match = { missing: [...absent.keys()], unknown };
  return {
    match,
    uses,
    targets: Int32Array.from(targets),
    label: roles.label,
    id: roles.id,
    node,
    ...(series && { series }),
  };
}
