import { AnomalyTally } from "../anomaly/anomaly-tally.ts";
import { defaultThreshold } from "../anomaly/baseline.ts";
import { type Explainer, fileEffort } from "../explain/open-explainer.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import { StretchTally } from "../recovery/stretch-tally.ts";
import type { Delimiter } from "../table/dialect.ts";
import { explanationLine } from "../table/explanation-lines.ts";
import { openCsv } from "../table/open-csv.ts";
import { ResultsWriter, resultsHeader } from "../table/results-csv.ts";
import { TableError } from "../table/table-error.ts";
import { unusableNames } from "../table/unusable-names.ts";
import { inputWidth } from "../window/card-window.ts";
import { SeriesHistory } from "../window/series-history.ts";
import { DiagnosisAccumulator, type ShiftBasis } from "./diagnosis-accumulator.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import { matchColumns } from "./match-columns.ts";
import { noveltyLimitOf } from "./novelty-limit.ts";
import { PointSample } from "./point-sample.ts";
import { BatchReader, createBatch, otherLabels, type ReadingPlan, type RowBatch } from "./row-batches.ts";
import { readInWorker } from "./worker-reading.ts";

export interface DiagnoseOptions {
  /** Receives the bytes of results.csv, in order; awaited. They are the receiver's own. */
  readonly onResults: (bytes: Uint8Array) => void | Promise<void>;
  /** The column that holds the known fault class, where its name is none that is recognised. */
  readonly labelColumn?: string;
  /** Explains each row, or the first ones as long as there is time. */
  readonly explain?: Explaining;
  /** Standard deviations beyond which a KPI strays, 1 to 10; default 3. */
  readonly anomalyThreshold?: number;
  /** Class index of rows without a fault: sums up the rows by stretches of time, for `judgeRecovery`. */
  readonly normalClass?: number;
  /** Default 4,096, fewer where the model takes windows of many numbers. */
  readonly rowsPerBatch?: number;
  /** Reads rows in a worker thread while the model predicts; pays for large files on more than one core. */
  readonly readInWorker?: boolean;
  /** Called after each batch with the rows diagnosed so far; awaited. */
  readonly onProgress?: (rows: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export interface Explaining {
  readonly explainer: Explainer;
  /** Receives lines of `explanationLine`, in the order of the rows; awaited. */
  readonly onLines: (bytes: Uint8Array) => void | Promise<void>;
  /** @returns false once no more rows are to be explained; asked every few rows. Default: there is always time */
  readonly hasTime?: () => boolean;
}

/** Where a shard's rows come from. */
export interface ShardOrigin {
  /** Header cells of the table, as its profile tells them. */
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
  /** Number of the first row, counted from 1 in the whole table. */
  readonly firstRow: number;
  /**
   * Bytes of the rows right before the first one, which a model for windows looks back on; nothing is written of them.
   */
  readonly rowsBefore?: AsyncIterable<Uint8Array>;
}

const defaultRowsPerBatch = 4_096;
const numbersPerBatch = 2 ** 21;
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
    const plan = planReading(origin, model, options);
    expectDistinctColumns(plan, model);
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
  const { rowsBefore, ...own } = origin;
  const plan = planReading(own, model, options);
  const history = createHistory(model);
  if (history && rowsBefore) {
    for await (const { values, rowCount, nodes, times } of readHere(rowsBefore, plan)) {
      options.signal?.throwIfAborted();
      history.remember(values, rowCount, nodes, times);
    }
  }
  return diagnose(rows, plan, model, options, history);
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

function planReading(
  origin: Omit<ShardOrigin, "rowsBefore">,
  model: DiagnosisModel,
  options: DiagnoseOptions,
): ReadingPlan {
  const { features, classes } = model.card;
  const withTimes = options.normalClass !== undefined;
  return {
    ...origin,
    matched: matchColumns(origin.columns, model.card, { ...options, withTimes }),
    featureCount: features.length,
    classes,
    rowsPerBatch: options.rowsPerBatch ?? (model.card.window ? windowsPerBatch(model) : defaultRowsPerBatch),
  };
}

function windowsPerBatch({ card }: DiagnosisModel): number {
  return Math.max(1, Math.min(defaultRowsPerBatch, Math.floor(numbersPerBatch / inputWidth(card))));
}

/** Which of two columns is the KPI or the label that both are called, nobody can tell. */
function expectDistinctColumns({ columns, matched }: ReadingPlan, { card }: DiagnosisModel): void {
  const asked = new Set([...card.features.map(({ name }) => name), columns[matched.label]]);
  for (const { finding } of unusableNames(columns)) {
    if (finding.column !== undefined && asked.has(finding.column)) throw new TableError(finding);
  }
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
  const { classes, matched } = plan;
  const points = new PointSample(model, matched.match);
  const tally = tallyOf(model, options);
  const byTime = tally && options.normalClass !== undefined ? new StretchTally(tally, options.normalClass) : undefined;
  const accumulator = new DiagnosisAccumulator(
    classes,
    matched.match,
    matched.id >= 0,
    shiftBasis(model),
    points,
    byTime ?? tally,
  );
  const writer = new ResultsWriter(resultsColumns(plan, model));
  const limit = noveltyLimitOf(model);
  const novelty = limit === undefined ? undefined : { limit, scores: new Float32Array(plan.rowsPerBatch) };
  const batches = options.readInWorker ? readInWorker(rows, plan) : readHere(rows, plan);
  for await (const batch of batches) {
    options.signal?.throwIfAborted();
    const asked = history?.windows(batch.values, batch.rowCount, batch.nodes, batch.times) ?? batch.values;
    const probabilities = await model.predict(asked, batch.rowCount, novelty?.scores);
    addBatch(batch, { probabilities, novelty }, plan, writer, accumulator);
    if (options.explain) {
      const width = inputWidth(model.card);
      accumulator.addExplained(await explainBatch(batch, asked, probabilities, plan, width, options));
    }
    if (writer.length >= resultsBytes) await options.onResults(writer.take());
    await options.onProgress?.(accumulator.rows);
  }
  if (writer.length > 0) await options.onResults(writer.take());
  return accumulator;
}

const rowsExplainedAtOnce = 16;

/**
 * Some rows at a time, so that what waits to be written stays small.
 * @returns how many rows were explained: all, or the first ones
 */
async function explainBatch(
  { firstRow, rowCount, ids, idEnds }: RowBatch,
  asked: Float32Array,
  probabilities: Float32Array,
  { matched, classes }: ReadingPlan,
  width: number,
  { explain, signal }: DiagnoseOptions,
): Promise<number> {
  if (!explain) return 0;
  const effort = { ...fileEffort, ...(signal && { signal }) };
  for (let first = 0; first < rowCount; first += rowsExplainedAtOnce) {
    if (explain.hasTime?.() === false) return first;
    const end = Math.min(first + rowsExplainedAtOnce, rowCount);
    const explained = await explain.explainer.explain(
      asked.subarray(first * width, end * width),
      probabilities.subarray(first * classes.length, end * classes.length),
      end - first,
      effort,
    );
    const lines = explained.map((explanation, place) => {
      const row = first + place;
      const id = ids.subarray(row === 0 ? 0 : idEnds[row - 1], idEnds[row]);
      return explanationLine({
        row: firstRow + row,
        ...(matched.id >= 0 && { id: Buffer.from(id).toString("utf8") }),
        ...explanation,
      });
    });
    await explain.onLines(Buffer.from(lines.join("")));
  }
  return rowCount;
}

/** A batch is free to be filled again once the next one is asked for. */
async function* readHere(rows: AsyncIterable<Uint8Array>, plan: ReadingPlan): AsyncGenerator<RowBatch> {
  const reader = new BatchReader(plan);
  const batch = createBatch(plan);
  for await (const chunk of rows) {
    reader.push(chunk);
    while (reader.fill(batch)) {
      yield batch;
      batch.rowCount = 0;
    }
  }
  reader.finish();
  while (reader.fill(batch)) {
    yield batch;
    batch.rowCount = 0;
  }
  if (batch.rowCount > 0) yield batch;
}

interface Predictions {
  readonly probabilities: Float32Array;
  readonly novelty: { readonly limit: number; readonly scores: Float32Array } | undefined;
}

function addBatch(
  batch: RowBatch,
  { probabilities, novelty }: Predictions,
  { classes, matched, featureCount }: ReadingPlan,
  writer: ResultsWriter,
  accumulator: DiagnosisAccumulator,
): void {
  const width = classes.length;
  const diagnoses = mostProbable(probabilities.subarray(0, batch.rowCount * width), width);
  const hasIds = matched.id >= 0;
  const noId = new Uint8Array(0);
  const judged = {
    diagnosis: -1,
    node: null as string | null,
    unknown: false,
    probabilities,
    probabilityOffset: 0,
    time: Number.NaN,
  };
  let idStart = 0;
  for (let row = 0; row < batch.rowCount; row++) {
    const diagnosis = diagnoses[row];
    const confidence = probabilities[row * width + diagnosis];
    if (Number.isNaN(confidence)) throw new RangeError(`the model gave row ${batch.firstRow + row} no probability`);
    const label = batch.labels[row];
    const id = hasIds ? batch.ids.subarray(idStart, batch.idEnds[row]) : noId;
    idStart = batch.idEnds[row];
    const number = batch.firstRow + row;
    const score = novelty?.scores[row];
    const unknown = novelty && novelty.scores[row] > novelty.limit;
    const node = matched.node < 0 ? null : (batch.placeNames[batch.places[row]] ?? null);
    judged.diagnosis = diagnosis;
    judged.node = node;
    judged.unknown = unknown ?? false;
    judged.probabilityOffset = row * width;
    judged.time = batch.times[row] ?? Number.NaN;
    const verdict = accumulator.judgeRow(judged, batch.values, row * featureCount);
    writer.addRow(number, id, diagnosis, probabilities, row * width, score, unknown, verdict);
    accumulator.sampleRow(number, diagnosis, batch.values, row * featureCount);
    const name = label < 0 ? undefined : (batch.labelNames[label] ?? otherLabels);
    accumulator.addRow(diagnosis, confidence, name, id, unknown);
    if (accumulator.wantsPoint(number)) {
      accumulator.addPoint({
        row: number,
        id: hasIds ? id : undefined,
        diagnosis,
        unknown: unknown ?? false,
        probabilities,
        probabilityOffset: row * width,
        novelty: score,
        values: batch.values,
        valueOffset: row * featureCount,
      });
    }
  }
}
