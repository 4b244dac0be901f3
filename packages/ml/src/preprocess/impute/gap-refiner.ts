import type { GraphBuilder } from "../../onnx/graph-builder.ts";

/** Scaled rows whose gaps are filled provisionally. */
export interface FilledRows {
  readonly rowCount: number;
  readonly columnCount: number;
  /** `rowCount × columnCount`, row by row. */
  readonly values: Float64Array;
  /** 1 where a cell was a gap, in the same order. */
  readonly gaps: Uint8Array;
}

/** Fills the gaps of a row anew from the row's other cells; leaves the others as they are. */
export interface GapRefiner {
  /** Works in place. */
  refine(row: Float64Array, gaps: Uint8Array): void;
  /**
   * @param values name of a float64 tensor `[N, columns]`
   * @param gaps name of a bool tensor of the same shape
   * @returns name of a float64 tensor of the same shape
   */
  addTo(graph: GraphBuilder, values: string, gaps: string): string;
}
