import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { createPacer } from "../pacer.ts";
import type { ColumnStep } from "./column-step.ts";
import type { GapRefiner } from "./impute/gap-refiner.ts";

/** Raw rows: `columnCount` float32 numbers each, row by row; a gap is NaN. */
export interface RawRows {
  readonly columnCount: number;
  readonly values: Float32Array;
  /** Per row the row before it in its series, −1 for the first; needed for windows only. */
  readonly previous?: Int32Array | undefined;
}

/** Brings raw KPI rows into the form that a learner takes: no gap, finite, scaled. */
export interface Preparation {
  readonly inputColumns: number;
  readonly outputColumns: number;
  /** Per input column: whether any output depends on it. */
  readonly used: readonly boolean[];
  /** Rows that one answer is told from, where there are more than one: the row itself and those before it. */
  readonly steps?: number;
  /**
   * @param rows which rows, in which order
   * @returns `rows.length × outputColumns` numbers, row by row
   */
  apply(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array>;
  /**
   * @param input name of a float32 tensor `[N, inputColumns]` with NaN for gaps; `[N, steps × inputColumns]` for windows
   * @returns name of a float32 tensor `[N, outputColumns]`
   */
  addTo(graph: GraphBuilder, input: string): string;
}

/**
 * @param valueColumns input columns whose numbers go through the steps
 * @param indicatorColumns input columns whose gaps become 1, their numbers 0
 * @param steps fitted to the value columns
 * @param refiner fills the gaps anew once the steps are done
 */
export function createPreparation(
  inputColumns: number,
  valueColumns: readonly number[],
  indicatorColumns: readonly number[],
  steps: readonly ColumnStep[],
  refiner?: GapRefiner,
): Preparation {
  const outputColumns = valueColumns.length + indicatorColumns.length;
  const used = new Array<boolean>(inputColumns).fill(false);
  for (const column of [...valueColumns, ...indicatorColumns]) used[column] = true;

  async function apply(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array> {
    const pacer = createPacer(signal);
    const prepared = new Float32Array(rows.length * outputColumns);
    const buffer = new Float64Array(valueColumns.length);
    const gaps = new Uint8Array(valueColumns.length);
    let cell = 0;
    for (const row of rows) {
      await pacer.giveWay();
      const offset = row * inputColumns;
      for (let column = 0; column < valueColumns.length; column++) {
        let value = raw.values[offset + valueColumns[column]];
        gaps[column] = Number.isNaN(value) ? 1 : 0;
        for (const step of steps) value = step.apply(value, column);
        buffer[column] = value;
      }
      refiner?.refine(buffer, gaps);
      prepared.set(buffer, cell);
      cell += buffer.length;
      for (const column of indicatorColumns) prepared[cell++] = Number.isNaN(raw.values[offset + column]) ? 1 : 0;
    }
    return prepared;
  }

  function addTo(graph: GraphBuilder, input: string): string {
    const parts: string[] = [];
    if (valueColumns.length > 0) {
      const columns = addColumns(graph, input, valueColumns);
      let value = graph.addCast(columns, "float64");
      for (const step of steps) value = step.addTo(graph, value);
      if (refiner) value = refiner.addTo(graph, value, graph.addNode("IsNaN", [columns]));
      parts.push(graph.addCast(value, "float32"));
    }
    if (indicatorColumns.length > 0) {
      const gap = graph.addNode("IsNaN", [addColumns(graph, input, indicatorColumns)]);
      parts.push(graph.addCast(gap, "float32"));
    }
    return graph.addNode("Concat", parts, { name: "prepared", attributes: { axis: { int: 1 } } });
  }

  return { inputColumns, outputColumns, used, apply, addTo };
}

function addColumns(graph: GraphBuilder, input: string, columns: readonly number[]): string {
  return graph.addNode("Gather", [input, graph.addInts(...columns)], { attributes: { axis: { int: 1 } } });
}
