import type { Dialect } from "../table/dialect.ts";
import type { Finding } from "../table/table-error.ts";

/** What a KPI column holds. Values are held at ±3.4028235e38, as models read them. */
export interface FeatureProfile {
  readonly name: string;
  /** Gaps. */
  readonly missing: number;
  /** null where the column has no number at all. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the sample (divided by n − 1); 0 where there is one number. */
  readonly standardDeviation: number | null;
  /** Approximate 1st, 25th, 50th, 75th and 99th percentile; see `feature-statistics.ts`. */
  readonly quantiles: readonly number[] | null;
  /** No two different numbers. */
  readonly constant: boolean;
}

export interface ClassCount {
  readonly name: string;
  readonly rows: number;
}

/** A byte range of the uncompressed file that starts and ends between rows. */
export interface ByteRange {
  readonly firstByte: number;
  /** Exclusive. */
  readonly endByte: number;
  /** 1-based number of the first data row in it. */
  readonly firstRow: number;
  readonly rows: number;
}

/** What a table holds. */
export interface Profile {
  readonly schema: "profile.v1";
  readonly rows: number;
  /** Header cells, in the order of the file. */
  readonly columns: readonly string[];
  readonly idColumn: string | null;
  readonly labelColumn: string | null;
  readonly contextColumns: readonly string[];
  readonly features: readonly FeatureProfile[];
  readonly classes: readonly ClassCount[];
  /** What a training with the table will leave out; at most one for each class. */
  readonly warnings: readonly Finding[];
  /** Rows whose every feature and label equal those of an earlier row; a lower bound past 4 million distinct rows. */
  readonly duplicateRows: number;
  /** Share of feature cells that are gaps, 0 to 1. */
  readonly missingShare: number;
  readonly dialect: Dialect;
  /** Bytes after decompression. */
  readonly sizeBytes: number;
  /** Of the bytes as they were sent. */
  readonly sha256: string;
  readonly ranges: readonly ByteRange[];
}

/** Why a file is no data set. */
export interface ValidationReport {
  readonly schema: "validation-report.v1";
  readonly fileName: string;
  readonly rowsRead: number;
  /** The first 100 in the order of the file. */
  readonly findings: readonly Finding[];
  /** Findings beyond those listed. */
  readonly omittedFindings: number;
}
