import type { Series } from "../window/series.ts";

/** Labelled or unlabelled rows in memory. */
export interface Table {
  /** Feature columns in the order of the file. */
  readonly featureNames: readonly string[];
  readonly rowCount: number;
  /**
   * `rowCount × featureNames.length`, row by row. A gap is NaN. Values are float32, as the model reads them:
   * magnitudes beyond its range are held at ±3.4028235e38, so that no infinity gets further.
   */
  readonly values: Float32Array;
  /** Index into `classes` per row, −1 for a row without label; absent where the file has no label column. */
  readonly labels?: Int32Array;
  /** Distinct labels: numbers in rising order, else by code point. */
  readonly classes?: readonly string[];
  /** How rows follow one another, where it was asked for. */
  readonly series?: Series;
  /** Which node each row is of, where it was asked for and the file names nodes. */
  readonly nodes?: TableNodes;
}

export interface TableNodes {
  readonly names: readonly string[];
  /** Index into `names` per row, negative where none is named. */
  readonly rows: Int32Array;
}
