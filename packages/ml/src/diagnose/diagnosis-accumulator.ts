import { AnomalyTally, type AnomalyTallyState } from "../anomaly/anomaly-tally.ts";
import type { RowVerdict } from "../anomaly/row-judge.ts";
import { type CalibrationState, CalibrationSums } from "../honesty/expected-calibration-error.ts";
import type { Reference } from "../honesty/reference.ts";
import { RowSample, type RowSampleState } from "../honesty/row-sample.ts";
import { type ShiftReport, shiftReport } from "../honesty/shift-report.ts";
import { accuracy } from "../metrics/accuracy.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { type DiagnosedRow, StretchTally, type StretchTallyState } from "../recovery/stretch-tally.ts";
import { compareClasses } from "../table/label.ts";
import type { DiagnosisSample, DiagnosisSummary } from "./diagnosis-summary.ts";
import { IdTracker, type IdTrackerState } from "./id-tracker.ts";
import type { ColumnMatch } from "./match-columns.ts";
import { mergePoints, type PointSample, type PointSampleState, type SampledRow } from "./point-sample.ts";

const histogramBins = 10;

/** An accumulator of a part of a table, as JSON. */
export interface DiagnosisPart {
  readonly schema: "diagnosis-part.v1";
  readonly classes: readonly string[];
  readonly columns: ColumnMatch;
  readonly rows: number;
  readonly classRows: readonly number[];
  /** Per diagnosed class; null where the model has no limit of novelty. */
  readonly unknownRows: readonly number[] | null;
  readonly confidenceSum: number;
  readonly confidenceHistogram: readonly number[];
  /** By label: rows per diagnosed class. */
  readonly labels: readonly { readonly name: string; readonly diagnosed: readonly number[] }[];
  /** null where the table has no id column. */
  readonly ids: IdTrackerState | null;
  readonly calibration: CalibrationState;
  /** null where the model tells nothing of its training file. */
  readonly sample: RowSampleState | null;
  /** null where none were drawn. */
  readonly points: PointSampleState | null;
  /** null where the model knows no means and deviations. */
  readonly anomalies: AnomalyTallyState | null;
  /** The same by stretches of time, in their place, where that was asked for. */
  readonly stretches?: StretchTallyState;
  /** Where rows were to be explained, how many were. */
  readonly explainedRows?: number;
}

/** What a file is compared with. */
export interface ShiftBasis {
  readonly reference: Reference;
  /** Names of the reference's columns. */
  readonly features: readonly string[];
}

/** Sums up the rows of a diagnosis. Shards have one each and are merged in any order. */
export class DiagnosisAccumulator {
  readonly #classes: readonly string[];
  readonly #columns: ColumnMatch;
  #rows = 0;
  readonly #classRows: number[];
  #confidenceSum = 0;
  readonly #histogram: number[] = new Array(histogramBins).fill(0);
  readonly #labels = new Map<string, number[]>();
  readonly #ids: IdTracker | undefined;
  readonly #calibration = new CalibrationSums();
  readonly #basis: ShiftBasis | undefined;
  readonly #sample: RowSample | undefined;
  #unknownRows: number[] | undefined;
  #explainedRows: number | undefined;
  readonly #drawn: PointSample | undefined;
  #mergedPoints: PointSampleState | undefined;
  #tally: AnomalyTally | undefined;
  #stretches: StretchTally | undefined;

  /**
   * @param classes of the model
   * @param basis where the file is to be compared with what the model was trained on
   * @param points where rows are to be drawn for charts
   * @param tally where rows are held against means and deviations, of all rows or by stretches of time
   */
  constructor(
    classes: readonly string[],
    columns: ColumnMatch,
    hasIds: boolean,
    basis?: ShiftBasis,
    points?: PointSample,
    tally?: AnomalyTally | StretchTally,
  ) {
    this.#classes = classes;
    this.#columns = columns;
    this.#classRows = new Array(classes.length).fill(0);
    this.#ids = hasIds ? new IdTracker() : undefined;
    this.#basis = basis;
    this.#sample = basis && new RowSample(basis.reference);
    this.#drawn = points;
    if (tally instanceof StretchTally) this.#stretches = tally;
    else this.#tally = tally;
  }

  static fromJSON(part: DiagnosisPart, basis?: ShiftBasis): DiagnosisAccumulator {
    const accumulator = new DiagnosisAccumulator(part.classes, part.columns, part.ids !== null, basis);
    accumulator.merge(part);
    return accumulator;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Whether the table has an id column in which no id comes twice. */
  get idsUnique(): boolean {
    return this.#ids?.unique ?? false;
  }

  /**
   * @param diagnosis class index
   * @param label undefined where the row has none
   * @param unknown undefined where the model has no limit of novelty
   */
  addRow(diagnosis: number, confidence: number, label: string | undefined, id: Uint8Array, unknown?: boolean): void {
    this.#rows++;
    if (unknown !== undefined) this.#unknown()[diagnosis] += unknown ? 1 : 0;
    this.#classRows[diagnosis]++;
    this.#confidenceSum += confidence;
    this.#histogram[Math.min(histogramBins - 1, Math.floor(confidence * histogramBins))]++;
    this.#ids?.add(id);
    if (label === undefined) return;
    this.#diagnosedOf(label)[diagnosis]++;
    this.#calibration.add(confidence, label === this.#classes[diagnosis]);
  }

  /** Counts rows that were explained; 0 says that rows were to be explained. */
  addExplained(rows: number): void {
    this.#explainedRows = (this.#explainedRows ?? 0) + rows;
  }

  /**
   * Takes a row into account for the shift report.
   * @param row its number in the whole table
   * @param values raw, one per feature of the model, from `offset`
   */
  sampleRow(row: number, diagnosis: number, values: Float32Array, offset: number): void {
    this.#sample?.add(row, diagnosis, values, offset);
  }

  /**
   * Holds a row against means and deviations; undefined where none are known.
   * @param values raw, one per feature of the model, from `offset`
   */
  judgeRow(row: DiagnosedRow, values: Float32Array, offset: number): RowVerdict | undefined {
    if (this.#stretches) return this.#stretches.addRow(row, values, offset);
    return this.#tally?.addRow(row.diagnosis, values, offset, row.node);
  }

  /** The rows by stretches of time, where that was asked for and the model knows means and deviations. */
  get stretches(): StretchTally | undefined {
    return this.#stretches;
  }

  /** Whether a row of this number is to be handed to `addPoint`. */
  wantsPoint(row: number): boolean {
    return this.#drawn?.draws(row) ?? false;
  }

  addPoint(row: SampledRow): void {
    this.#drawn?.add(row);
  }

  /** Adds another part of the same table, diagnosed by the same model. */
  merge(part: DiagnosisPart): void {
    if (part.classes.length !== this.#classes.length || part.classes.some((name, i) => name !== this.#classes[i]))
      throw new RangeError("the parts are of different models");
    this.#rows += part.rows;
    addTo(this.#classRows, part.classRows);
    this.#confidenceSum += part.confidenceSum;
    addTo(this.#histogram, part.confidenceHistogram);
    for (const { name, diagnosed } of part.labels) addTo(this.#diagnosedOf(name), diagnosed);
    if (part.ids) this.#ids?.merge(part.ids);
    this.#calibration.merge(part.calibration);
    if (part.sample) this.#sample?.merge(part.sample);
    if (part.unknownRows) addTo(this.#unknown(), part.unknownRows);
    if (part.explainedRows !== undefined) this.addExplained(part.explainedRows);
    if (part.points) this.#addPoints(part.points);
    if (part.anomalies && this.#tally) this.#tally.merge(part.anomalies);
    else if (part.anomalies) this.#tally = AnomalyTally.fromJSON(part.anomalies);
    if (part.stretches && this.#stretches) this.#stretches.merge(part.stretches);
    else if (part.stretches) this.#stretches = StretchTally.fromJSON(part.stretches);
  }

  toJSON(): DiagnosisPart {
    return {
      schema: "diagnosis-part.v1",
      classes: this.#classes,
      columns: this.#columns,
      rows: this.#rows,
      classRows: this.#classRows,
      unknownRows: this.#unknownRows ?? null,
      confidenceSum: this.#confidenceSum,
      confidenceHistogram: this.#histogram,
      labels: [...this.#labels].map(([name, diagnosed]) => ({ name, diagnosed })),
      ids: this.#ids?.toJSON() ?? null,
      calibration: this.#calibration.toJSON(),
      sample: this.#sample?.toJSON() ?? null,
      points: this.#points() ?? null,
      anomalies: this.#tally?.toJSON() ?? null,
      ...(this.#stretches && { stretches: this.#stretches.toJSON() }),
      ...(this.#explainedRows !== undefined && { explainedRows: this.#explainedRows }),
    };
  }

  summary(): DiagnosisSummary {
    const evaluation = this.#evaluation();
    const shift = this.#shift();
    const samplePoints = this.#pointCount();
    const tally = this.#stretches?.whole() ?? this.#tally;
    return {
      schema: "summary.v1",
      rows: this.#rows,
      classes: this.#classes.map((name, index) => ({ name, rows: this.#classRows[index] })),
      ...this.#unknownCounts(),
      ...(samplePoints !== undefined && { samplePoints }),
      ...(this.#explainedRows !== undefined && { explainedRows: this.#explainedRows }),
      meanConfidence: this.#rows === 0 ? 0 : this.#confidenceSum / this.#rows,
      confidenceHistogram: [...this.#histogram],
      columns: this.#columns,
      ...(shift && { shift }),
      ...(tally && { anomalies: tally.anomalies(), health: tally.health() }),
      ...(evaluation && { evaluation }),
    };
  }

  /** Rows for charts; undefined where none were drawn. */
  sample(): DiagnosisSample | undefined {
    const points = this.#points();
    return points && { schema: "diagnosis-sample.v1", rows: this.#rows, classes: this.#classes, ...points };
  }

  #points(): PointSampleState | undefined {
    const drawn = this.#drawn?.toJSON();
    if (!drawn || !this.#mergedPoints) return drawn ?? this.#mergedPoints;
    return mergePoints(drawn, this.#mergedPoints, this.#classes.length);
  }

  /** Without placing them on a map, which takes time. */
  #pointCount(): number | undefined {
    return this.#mergedPoints ? this.#points()?.points.length : this.#drawn?.count;
  }

  #addPoints(points: PointSampleState): void {
    this.#mergedPoints = this.#mergedPoints ? mergePoints(this.#mergedPoints, points, this.#classes.length) : points;
  }

  #unknown(): number[] {
    this.#unknownRows ??= new Array(this.#classes.length).fill(0);
    return this.#unknownRows;
  }

  #unknownCounts(): Pick<DiagnosisSummary, "unknownRows" | "unknownByClass"> {
    const rows = this.#unknownRows;
    if (!rows) return {};
    return {
      unknownRows: rows.reduce((sum, count) => sum + count, 0),
      unknownByClass: this.#classes.map((name, index) => ({ name, rows: rows[index] })),
    };
  }

  #shift(): ShiftReport | undefined {
    if (!this.#basis || !this.#sample) return undefined;
    const missing = new Set(this.#columns.missing);
    const names = this.#basis.features.map((name) => (missing.has(name) ? null : name));
    return shiftReport(this.#basis.reference, this.#sample, names, this.#rows);
  }

  #evaluation(): DiagnosisSummary["evaluation"] {
    if (this.#labels.size === 0) return undefined;
    const unknown = [...this.#labels.keys()].filter((name) => !this.#classes.includes(name));
    const classes = [...this.#classes, ...unknown.sort(compareClasses(unknown))];
    const confusion = classes.map((name) => {
      const row: number[] = new Array(classes.length).fill(0);
      addTo(row, this.#labels.get(name) ?? []);
      return row;
    });
    const rows = confusion.flat().reduce((sum, count) => sum + count, 0);
    const ece = this.#calibration.error();
    return { rows, accuracy: accuracy(confusion), macroF1: macroF1(confusion), ece, confusion, classes };
  }

  #diagnosedOf(label: string): number[] {
    let diagnosed = this.#labels.get(label);
    if (!diagnosed) {
      diagnosed = new Array<number>(this.#classes.length).fill(0);
      this.#labels.set(label, diagnosed);
    }
    return diagnosed;
  }
}

function addTo(sums: number[], counts: readonly number[]): void {
  for (let i = 0; i < counts.length; i++) sums[i] += counts[i];
}
