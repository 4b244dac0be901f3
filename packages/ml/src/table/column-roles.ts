import type { Finding } from "./table-error.ts";

/** What each column of a header is for; numbers are positions in the header. */
export interface ColumnRoles {
  /** −1 where there is none. */
  readonly label: number;
  /** −1 where there is none. */
  readonly id: number;
  /** Say where and when: kept, never learned from. */
  readonly context: readonly number[];
  /** All others: KPIs. */
  readonly features: readonly number[];
}

/** Recognised label headers, the first that is there wins. */
export const labelNames = ["label", "class", "fault", "fault_class", "target", "标签", "故障", "故障类别"] as const;
const idNames = ["sample_id", "sampleid", "id", "样本"] as const;
const contextNames = ["time", "timestamp", "datetime", "时间", "node", "host", "instance", "节点"] as const;

export interface ColumnRoleOptions {
  /** The column that holds the fault class, where its name is none that is recognised. */
  readonly labelColumn?: string;
  /** Where the named column is not there, one with a recognised name counts. */
  readonly orUsualLabel?: boolean;
  /** Names that are features whatever they are called: those of the model that reads the table. */
  readonly knownFeatures?: ReadonlySet<string>;
}

/** @param labelColumn the name that was asked for */
export function noLabelColumn(labelColumn: string | undefined): Finding {
  return { code: "no-label-column", row: 0, expected: labelColumn ?? labelNames[0] };
}

/**
 * Columns whose names say that they hold the fault class. Where there are several, `assignColumnRoles` takes one of them
 * for the label and the others for KPIs, which would tell the model the answer.
 */
export function labelCandidates(columns: readonly string[], { knownFeatures }: ColumnRoleOptions = {}): string[] {
  const wanted: readonly string[] = labelNames;
  return columns.filter((name) => !knownFeatures?.has(name) && wanted.includes(name.toLowerCase()));
}

/**
 * Finds the columns by their names: case does not count, and an id column beside the chosen one is context.
 * A `labelColumn` that the header lacks leaves the table without label column, unless `orUsualLabel` is set.
 */
export function assignColumnRoles(columns: readonly string[], options: ColumnRoleOptions = {}): ColumnRoles {
  const { labelColumn, orUsualLabel, knownFeatures } = options;
  const names = columns.map((name) => (knownFeatures?.has(name) ? "" : name.toLowerCase()));
  const first = (wanted: readonly string[]) => {
    for (const name of wanted) {
      const index = names.indexOf(name);
      if (index >= 0) return index;
    }
    return -1;
  };
  let label = labelColumn === undefined ? first(labelNames) : columns.indexOf(labelColumn);
  if (label < 0 && orUsualLabel) label = first(labelNames);
  if (label >= 0) names[label] = "";
  const id = first(idNames);
  const context: number[] = [];
  const features: number[] = [];
  for (let i = 0; i < columns.length; i++) {
    if (i === label || i === id) continue;
    const isContext = contextNames.some((name) => name === names[i]) || idNames.some((name) => name === names[i]);
    (isContext ? context : features).push(i);
  }
  return { label, id, context, features };
}
