/** What a table may hold. */
export interface TableLimits {
  /** Of the file as it was sent, and of its uncompressed bytes. */
  readonly maxFileBytes: number;
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxClasses: number;
}

export const defaultTableLimits: TableLimits = {
  maxFileBytes: 5 * 1024 ** 3,
  maxRows: 20_000_000,
  maxColumns: 5_000,
  maxClasses: 200,
};
