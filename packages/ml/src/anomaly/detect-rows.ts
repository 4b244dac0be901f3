import { fitNormalRanges, type NormalRanges, normalRows } from "../honesty/normal-ranges.ts";
import { createPacer } from "../pacer.ts";
import { alignColumns } from "../pipeline/align-columns.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import type { Table } from "../table/table.ts";
import { type AnomalySummary, AnomalyTally } from "./anomaly-tally.ts";
import { type AnomalyBaseline, fitBaseline } from "./baseline.ts";
import type { HealthSummary } from "./node-health.ts";
import { fitOwnBaseline } from "./own-baseline.ts";
import { type Deviation, RowJudge, type RowVerdict } from "./row-judge.ts";

/** What rows are held against. */
export interface NormalState {
  /** `model`: of a model's file; `normal`: of rows known to be normal; `own`: of the rows themselves, unlabelled. */
  readonly origin: "model" | "normal" | "own";
  readonly kpis: readonly string[];
  readonly baseline: AnomalyBaseline;
  readonly normalRanges: NormalRanges;
}

export interface Detection {
  readonly rows: number;
  readonly origin: NormalState["origin"];
  /** The class whose rows the baseline is of; null where there is none. */
  readonly source: string | null;
  readonly baselineRows: number;
  readonly anomalies: AnomalySummary;
  readonly health: HealthSummary;
  /** Anomalous rows by the file's own labels, where it has any. */
  readonly byLabel?: readonly { readonly name: string; readonly rows: number; readonly anomalous: number }[];
}

export interface DetectedRow extends RowVerdict {
  /** From 0. */
  readonly row: number;
  /** The furthest first. */
  readonly deviations: readonly Deviation[];
}

/** Thrown where there are too few rows for means and deviations. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
}

/**
 * What is normal by the rows of a table: those of the class called so, all of them where that is said, else what most
 * of them have in common.
 * @throws BaselineError where there are fewer than 10, as of a class that the table does not have
 */
export async function normalStateOf(
  table: Table,
  options: { readonly normalClass?: string; readonly allNormal?: boolean; readonly signal?: AbortSignal } = {},
): Promise<NormalState> {
  const { signal } = options;
  const raw: RawRows = { values: table.values, columnCount: table.featureNames.length };
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const { labels = new Int32Array(table.rowCount), classes = [] } = table;
  const normal = chosenRows(all, labels, classes, options.normalClass);
  const isNormal = normal.source !== null || options.allNormal === true;
  const baseline = isNormal
    ? await fitBaseline(raw, normal.rows, normal.source, signal)
    : await fitOwnBaseline(raw, all, signal);
  if (!baseline) throw new BaselineError(`${normal.rows.length} rows are too few`);
  const ranges = await fitNormalRanges(raw, normal.rows, labels, [], signal);
  return {
    origin: isNormal ? "normal" : "own",
    kpis: table.featureNames,
    baseline,
    normalRanges: { ...ranges, source: normal.source },
  };
}

function chosenRows(all: Int32Array, labels: Int32Array, classes: readonly string[], wanted: string | undefined) {
  if (wanted === undefined) return normalRows(all, labels, classes);
  const index = classes.indexOf(wanted);
  // Rows without a label are of no class, not of one that there is not.
  return { rows: all.filter((row) => index >= 0 && labels[row] === index), source: wanted };
}

/**
 * Holds every row of a table against a normal state; columns are matched by name, and one that the table lacks is a gap.
 * @param threshold standard deviations beyond which a KPI strays, 1 to 10
 * @param onRow is told of every row, in their order; awaited
 */
export async function detectRows(
  table: Table,
  state: NormalState,
  options: {
    readonly threshold: number;
    readonly onRow?: (row: DetectedRow) => void | Promise<void>;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<Detection> {
  const { threshold, onRow, signal } = options;
  const pacer = createPacer(signal);
  const { sources } = alignColumns(state.kpis, table.featureNames);
  const judge = new RowJudge(state.baseline, threshold);
  const tally = AnomalyTally.of(state.kpis, [], state, threshold);
  const width = table.featureNames.length;
  const values = new Float32Array(state.kpis.length).fill(Number.NaN);
  const { labels, classes = [], nodes } = table;
  const byLabel = classes.map((name) => ({ name, rows: 0, anomalous: 0 }));
  for (let row = 0; row < table.rowCount; row++) {
    if (row % 64 === 0) await pacer.giveWay();
    for (let kpi = 0; kpi < sources.length; kpi++) {
      if (sources[kpi] >= 0) values[kpi] = table.values[row * width + sources[kpi]];
    }
    const verdict = tally.addRow(-1, values, 0, nodes ? (nodes.names[nodes.rows[row]] ?? null) : null);
    if (labels && labels[row] >= 0) {
      byLabel[labels[row]].rows++;
      if (verdict.anomalous) byLabel[labels[row]].anomalous++;
    }
    await onRow?.({ row, ...verdict, deviations: judge.deviations(values) });
  }
  return {
    rows: table.rowCount,
    origin: state.origin,
    source: state.baseline.source,
    baselineRows: state.baseline.rows,
    anomalies: tally.anomalies(),
    health: tally.health(),
    ...(labels && { byLabel }),
  };
}
