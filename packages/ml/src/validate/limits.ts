/** What a table may hold. */
export interface TableLimits {
  /** Of the file as it was sent, and of its uncompressed bytes. */
  readonly maxFileBytes: number;
  readonly maxRows: number;
  /** KPI columns: those of the id, the class, time and node are not counted. */
  readonly maxColumns: number;
  readonly maxClasses: number;
}

/** Of a class's name in UTF-8: records and reports hold the names of all classes. */
export const maxLabelBytes = 256;
/** Of a column's name in UTF-8: profiles, model cards and reports hold the names of all columns. */
export const maxColumnNameBytes = 512;

export const defaultTableLimits: TableLimits = {
  maxFileBytes: 5 * 1024 ** 3,
  maxRows: 20_000_000,
  maxColumns: 5_000,
  maxClasses: 200,
};
