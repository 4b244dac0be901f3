import { AnomalyTally } from "../anomaly/anomaly-tally.ts";
import { defaultThreshold } from "../anomaly/baseline.ts";
import { StretchTally } from "../recovery/stretch-tally.ts";
import { noLabelColumn } from "../table/column-roles.ts";
import { openCsv } from "../table/open-csv.ts";
import { ResultsWriter, resultsHeader } from "../table/results-csv.ts";
import { TableError } from "../table/table-error.ts";
import { inputWidth } from "../window/card-window.ts";
import { SeriesHistory } from "../window/series-history.ts";
import { addBatch } from "./add-batch.ts";
import { readHere } from "./batch-source.ts";
import { DiagnosisAccumulator, type ShiftBasis } from "./diagnosis-accumulator.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import { type Explaining, explainBatch } from "./explain-batch.ts";
import { matchColumns } from "./match-columns.ts";
import { noveltyLimitOf } from "./novelty-limit.ts";
import { expectDistinctColumns, planReading, type RowOrigin } from "./plan-reading.ts";
import { PointSample } from "./point-sample.ts";
import { batchesHeld, predictBatches } from "./predict-batches.ts";
import type { ReadingPlan } from "./row-batches.ts";
import { readInWorker } from "./worker-reading.ts";

export interface DiagnoseOptions {
  /** Receives the bytes of results.csv, in order; awaited. They are the receiver's own. */
  readonly onResults: (bytes: Uint8Array) => void | Promise<void>;
  /** The column that holds the known fault class, where its name is none that is recognised. */
  readonly labelColumn?: string;
  /** Refuses a table without a column of labels. */
  readonly needsLabels?: boolean;
  /** Explains each row, or the first ones as long as there is time. */
  readonly explain?: Explaining;
  /** Standard deviations beyond which a KPI strays, 1 to 10; default 3. */
  readonly anomalyThreshold?: number;
  /** Class index of rows without a fault: sums up the rows by stretches of time, for `judgeRecovery`. */
  readonly normalClass?: number;
  /** Default 4,096, fewer where a row has many numbers. */
  readonly rowsPerBatch?: number;
  /**
   * Threads that predict, this one among them; others are started for a file that is long enough. Default 1. Rows are
   * answered bit by bit alike by any number of them. Rows to be explained are predicted by this one alone.
   */
  readonly threads?: number;
  /** Reads rows in a worker thread while the model predicts; pays for large files on more than one core. */
  readonly readInWorker?: boolean;
  /** Called after each batch with the rows diagnosed so far; awaited. */
  readonly onProgress?: (rows: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Where a shard's rows come from. */
export interface ShardOrigin extends RowOrigin {
  /**
   * Bytes of the rows right before the first one, which a model for windows looks back on; nothing is written of them.
   */
  readonly rowsBefore?: AsyncIterable<Uint8Array>;
}

const resultsBytes = 256 * 1024;

/**
 * Diagnoses every row of a CSV file (plain or gzip) in constant memory and writes results.csv: `row`, the id column,
 * `diagnosis`, `confidence`, `p_<class>`…, and where the model tells, `novelty` and `unknown`, `kpis_beyond` and
 * `anomalous`, in the order of the rows.
 * @returns the sums of all rows; `summary()` is summary.json, `idsUnique` tells the keys of results.json
 * @throws TableError at the first thing that is wrong in the file, ColumnsDoNotMatchError
 */
export async function diagnoseCsv(
  source: AsyncIterable<Uint8Array>,
  model: DiagnosisModel,
  options: DiagnoseOptions,
): Promise<DiagnosisAccumulator> {
  const csv = await openCsv(source);
  try {
    const origin = { columns: csv.columns, delimiter: csv.dialect.delimiter, firstRow: 1 };
    const plan = planReading(origin, model, readingOptions(options));
    expectDistinctColumns(plan, model);
    if (options.needsLabels && plan.matched.label < 0) {
      throw new TableError(noLabelColumn(options.labelColumn));
    }
    await options.onResults(resultsHeader(resultsColumns(plan, model)));
    const accumulator = await diagnose(csv.rows, plan, model, options);
    if (accumulator.rows === 0) throw new TableError({ code: "no-rows" });
    return accumulator;
  } finally {
    await csv.rows.return(undefined);
  }
}

/**
 * Diagnoses the rows of a byte range of an uncompressed CSV file. Writes rows of results.csv without its header
 * (`shardResultsHeader` makes it), so that the results of all shards, one after the other, are those of the file; with
 * a model for windows, where `rowsBefore` hold what it looks back on.
 * @throws TableError, ColumnsDoNotMatchError
 */
export async function diagnoseShard(
  rows: AsyncIterable<Uint8Array>,
  origin: ShardOrigin,
  model: DiagnosisModel,
  options: DiagnoseOptions,
): Promise<DiagnosisAccumulator> {
  const plan = planReading(origin, model, readingOptions(options));
  const history = createHistory(model);
  if (history && origin.rowsBefore) {
    const before = readHere(origin.rowsBefore, plan);
    for await (const batch of before.batches) {
      options.signal?.throwIfAborted();
      history.remember(batch.values, batch.rowCount, batch.nodes, batch.times);
      before.release(batch);
    }
  }
  return diagnose(rows, plan, model, options, history);
}

function readingOptions({ labelColumn, normalClass, rowsPerBatch }: DiagnoseOptions) {
  return {
    withTimes: normalClass !== undefined,
    ...(labelColumn !== undefined && { labelColumn }),
    ...(rowsPerBatch !== undefined && { rowsPerBatch }),
  };
}

function createHistory({ card }: DiagnosisModel): SeriesHistory | undefined {
  return card.window && new SeriesHistory(card.window.rows, card.features.length);
}

/** The first line of results.csv for a table with these columns. */
export function shardResultsHeader(
  columns: readonly string[],
  model: Pick<DiagnosisModel, "card" | "reference">,
  options: Pick<DiagnoseOptions, "labelColumn"> = {},
): Uint8Array {
  const matched = matchColumns(columns, model.card, options);
  return resultsHeader(resultsColumns({ columns, matched, classes: model.card.classes }, model));
}

/** What a model's diagnoses are compared with; undefined where its file does not tell. */
export function shiftBasis({ card, reference }: Pick<DiagnosisModel, "card" | "reference">): ShiftBasis | undefined {
  return reference && { reference: reference.kpis, features: card.features.map(({ name }) => name) };
}

function resultsColumns(
  { columns, matched, classes }: Pick<ReadingPlan, "columns" | "matched" | "classes">,
  model: Pick<DiagnosisModel, "reference">,
) {
  const novelty = noveltyLimitOf(model) !== undefined;
  const anomalies = model.reference?.baseline !== undefined;
  return { classes, novelty, anomalies, ...(matched.id >= 0 && { idColumn: columns[matched.id] }) };
}

/** What rows are held against; undefined where the model knows no means and deviations. */
function tallyOf({ card, reference }: DiagnosisModel, { anomalyThreshold }: DiagnoseOptions): AnomalyTally | undefined {
  if (!reference?.baseline) return undefined;
  const { baseline, normalRanges } = reference;
  const kpis = card.features.map(({ name }) => name);
  return AnomalyTally.of(kpis, card.classes, { baseline, normalRanges }, anomalyThreshold ?? defaultThreshold);
}

async function diagnose(
  rows: AsyncIterable<Uint8Array>,
  plan: ReadingPlan,
  model: DiagnosisModel,
  options: DiagnoseOptions,
  history = createHistory(model),
): Promise<DiagnosisAccumulator> {
  const { explain, onResults, onProgress, signal } = options;
  const accumulator = createAccumulator(plan, model, options);
  const writer = new ResultsWriter(resultsColumns(plan, model));
  const limit = noveltyLimitOf(model);
  const threads = explain ? 1 : (options.threads ?? 1);
  const prediction = { model, tellsNovelty: limit !== undefined, history, threads };
  const source = options.readInWorker ? readInWorker(rows, plan, batchesHeld(prediction)) : readHere(rows, plan);
  for await (const predicted of predictBatches(source, prediction)) {
    signal?.throwIfAborted();
    addBatch(predicted, limit, plan, writer, accumulator);
    if (explain) {
      accumulator.addExplained(await explainBatch(predicted, plan, inputWidth(model.card), explain, signal));
    }
    if (writer.length >= resultsBytes) await onResults(writer.take());
    await onProgress?.(accumulator.rows);
  }
  if (writer.length > 0) await onResults(writer.take());
  return accumulator;
}

function createAccumulator(
  { classes, matched }: ReadingPlan,
  model: DiagnosisModel,
  options: DiagnoseOptions,
): DiagnosisAccumulator {
  const points = new PointSample(model, matched.match);
  const tally = tallyOf(model, options);
  const byTime = tally && options.normalClass !== undefined ? new StretchTally(tally, options.normalClass) : undefined;
  const hasIds = matched.id >= 0;
  return new DiagnosisAccumulator(classes, matched.match, hasIds, shiftBasis(model), points, byTime ?? tally);
}
