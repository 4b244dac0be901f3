export interface ColumnAlignment {
  /** Per column of the model, in its order: the column of the data that holds it, or −1. */
  readonly sources: Int32Array;
  /** Columns of the model that the data lacks: read as gaps. */
  readonly missing: readonly string[];
  /** Columns of the data that the model does not know: not used. */
  readonly unknown: readonly string[];
}

/** Finds the columns of a model among those of some data, by name. */
export function alignColumns(modelColumns: readonly string[], dataColumns: readonly string[]): ColumnAlignment {
  const places = new Map(dataColumns.map((name, place) => [name, place]));
  const known = new Set(modelColumns);
  return {
    sources: Int32Array.from(modelColumns, (name) => places.get(name) ?? -1),
    missing: modelColumns.filter((name) => !places.has(name)),
    unknown: dataColumns.filter((name) => !known.has(name)),
  };
}
