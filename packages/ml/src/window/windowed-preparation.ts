import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { windowRows } from "./window-rows.ts";

/**
 * The preparation of a row, applied to each row of its window: `steps × inputColumns` raw numbers become
 * `steps × outputColumns`, the oldest row first.
 */
export function windowedPreparation(ofRow: Preparation, steps: number): Preparation {
  const { inputColumns, used } = ofRow;
  return {
    inputColumns,
    outputColumns: steps * ofRow.outputColumns,
    used,
    steps,
    async apply(raw: RawRows, rows, signal) {
      const members = windowRows(raw, rows, steps);
      const distinct = Int32Array.from(new Set(members)).sort();
      const places = new Map(Array.from(distinct, (row, place) => [row, place]));
      const prepared = await ofRow.apply(raw, distinct, signal);
      const width = ofRow.outputColumns;
      const windows = new Float32Array(members.length * width);
      for (const [cell, row] of members.entries()) {
        const from = (places.get(row) ?? 0) * width;
        windows.set(prepared.subarray(from, from + width), cell * width);
      }
      return windows;
    },
    addTo(graph, input) {
      const rows = graph.addNode("Reshape", [input, graph.addInts(-1, inputColumns)], { name: "steps" });
      const prepared = ofRow.addTo(graph, rows);
      return graph.addNode("Reshape", [prepared, graph.addInts(-1, steps * ofRow.outputColumns)]);
    },
  };
}
