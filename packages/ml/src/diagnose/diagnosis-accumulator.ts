import { type CalibrationState, CalibrationSums } from "../honesty/expected-calibration-error.ts";
import type { Reference } from "../honesty/reference.ts";
import { RowSample, type RowSampleState } from "../honesty/row-sample.ts";
import { type ShiftReport, shiftReport } from "../honesty/shift-report.ts";
import { accuracy } from "../metrics/accuracy.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { compareClasses } from "../table/label.ts";
import type { ClassCount } from "../validate/profile.ts";
import { IdTracker, type IdTrackerState } from "./id-tracker.ts";
import type { ColumnMatch } from "./match-columns.ts";

const histogramBins = 10;

/** What a diagnosis found, in numbers. */
export interface DiagnosisSummary {
  readonly schema: "summary.v1";
  readonly rows: number;
  /** Diagnosed rows per class of the model. */
  readonly classes: readonly ClassCount[];
  /** 0 where there is no row. */
  readonly meanConfidence: number;
  /** Rows by confidence: ten bins of equal width from 0 to 1. */
  readonly confidenceHistogram: readonly number[];
  readonly columns: ColumnMatch;
  /** How the file differs from what the model was trained on; only where the model tells. */
  readonly shift?: ShiftReport;
  /** Only where the table had labels; of the rows that have one. */
  readonly evaluation?: {
    readonly rows: number;
    readonly accuracy: number;
    readonly macroF1: number;
    /** Expected calibration error of the confidence, 15 bins. */
    readonly ece: number;
    /** `confusion[actual][predicted]`, in the order of `classes`. */
    readonly confusion: readonly (readonly number[])[];
    /** Those of the model, then labels that the model does not know. */
    readonly classes: readonly string[];
  };
}

/** An accumulator of a part of a table, as JSON. */
export interface DiagnosisPart {
  readonly schema: "diagnosis-part.v1";
  readonly classes: readonly string[];
  readonly columns: ColumnMatch;
  readonly rows: number;
  readonly classRows: readonly number[];
  readonly confidenceSum: number;
  readonly confidenceHistogram: readonly number[];
  /** By label: rows per diagnosed class. */
  readonly labels: readonly { readonly name: string; readonly diagnosed: readonly number[] }[];
  /** null where the table has no id column. */
  readonly ids: IdTrackerState | null;
  readonly calibration: CalibrationState;
  /** null where the model tells nothing of its training file. */
  readonly sample: RowSampleState | null;
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

  /**
   * @param classes of the model
   * @param basis where the file is to be compared with what the model was trained on
   */
  constructor(classes: readonly string[], columns: ColumnMatch, hasIds: boolean, basis?: ShiftBasis) {
    this.#classes = classes;
    this.#columns = columns;
    this.#classRows = new Array(classes.length).fill(0);
    this.#ids = hasIds ? new IdTracker() : undefined;
    this.#basis = basis;
    this.#sample = basis && new RowSample(basis.reference);
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
   */
  addRow(diagnosis: number, confidence: number, label: string | undefined, id: Uint8Array): void {
    this.#rows++;
    this.#classRows[diagnosis]++;
    this.#confidenceSum += confidence;
    this.#histogram[Math.min(histogramBins - 1, Math.floor(confidence * histogramBins))]++;
    this.#ids?.add(id);
    if (label === undefined) return;
    this.#diagnosedOf(label)[diagnosis]++;
    this.#calibration.add(confidence, label === this.#classes[diagnosis]);
  }

  /**
   * Takes a row into account for the shift report.
   * @param row its number in the whole table
   * @param values raw, one per feature of the model, from `offset`
   */
  sampleRow(row: number, diagnosis: number, values: Float32Array, offset: number): void {
    this.#sample?.add(row, diagnosis, values, offset);
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
  }

  toJSON(): DiagnosisPart {
    return {
      schema: "diagnosis-part.v1",
      classes: this.#classes,
      columns: this.#columns,
      rows: this.#rows,
      classRows: this.#classRows,
      confidenceSum: this.#confidenceSum,
      confidenceHistogram: this.#histogram,
      labels: [...this.#labels].map(([name, diagnosed]) => ({ name, diagnosed })),
      ids: this.#ids?.toJSON() ?? null,
      calibration: this.#calibration.toJSON(),
      sample: this.#sample?.toJSON() ?? null,
    };
  }

  summary(): DiagnosisSummary {
    const evaluation = this.#evaluation();
    const shift = this.#shift();
    return {
      schema: "summary.v1",
      rows: this.#rows,
      classes: this.#classes.map((name, index) => ({ name, rows: this.#classRows[index] })),
      meanConfidence: this.#rows === 0 ? 0 : this.#confidenceSum / this.#rows,
      confidenceHistogram: [...this.#histogram],
      columns: this.#columns,
      ...(shift && { shift }),
      ...(evaluation && { evaluation }),
    };
  }

  #shift(): ShiftReport | undefined {
    if (!this.#basis || !this.#sample) return undefined;
    const missing = new Set(this.#columns.missing);
    const names = this.#basis.features.map((name) => (missing.has(name) ? null : name));
    return shiftReport(this.#basis.reference, this.#sample, names);
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
