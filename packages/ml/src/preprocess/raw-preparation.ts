import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { createPacer } from "../pacer.ts";
import type { Preparation, RawRows } from "./preparation.ts";

/**
 * For learners that take numbers and gaps as they are: leaves out columns that have one value in the given rows, or
 * none, and passes the others on.
 * @param rows at least one
 * @param kept per column whether it may be used; default all
 */
export function rawPreparation(raw: RawRows, rows: Int32Array, kept?: readonly boolean[]): Preparation {
  const { columnCount } = raw;
  const used = Array.from(
    { length: columnCount },
    (_, column) => (kept?.[column] ?? true) && varies(raw, rows, column),
  );
  const columns = [...used.keys()].filter((column) => used[column]);
  return {
    inputColumns: columnCount,
    outputColumns: columns.length,
    used,
    async apply({ values }, which, signal) {
      const pacer = createPacer(signal);
      const taken = new Float32Array(which.length * columns.length);
      let cell = 0;
      for (const row of which) {
        await pacer.giveWay();
        for (const column of columns) taken[cell++] = values[row * columnCount + column];
      }
      return taken;
    },
    addTo(graph: GraphBuilder, input: string): string {
      if (columns.length === columnCount) return input;
      return graph.addNode("Gather", [input, graph.addInts(...columns)], { attributes: { axis: { int: 1 } } });
    },
  };
}

function varies({ values, columnCount }: RawRows, rows: Int32Array, column: number): boolean {
  const first = values[rows[0] * columnCount + column];
  return rows.some((row) => {
    const value = values[row * columnCount + column];
    return value !== first && !(Number.isNaN(value) && Number.isNaN(first));
  });
}
