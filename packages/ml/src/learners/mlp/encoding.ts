import type { GraphBuilder } from "../../onnx/graph-builder.ts";
import { quantile } from "../../preprocess/quantile.ts";
import type { Samples } from "../learner.ts";

/**
 * Piecewise-linear encoding of columns (Y. Gorishniy, I. Rubachev, A. Babenko, "On Embeddings for Numerical Features in
 * Tabular Deep Learning", 2022): a column becomes one number per bin between quantiles, 0 below the bin, 1 above it,
 * linear inside. Unlike there the outer bins end at the training rows' extremes too, so that a KPI beyond them cannot
 * drown the others. Computed in float32 in the same order here and in the graph, so that the two agree to the bit.
 */
export interface Encoding {
  readonly inputColumns: number;
  readonly outputColumns: number;
  /** Writes the encoding of `values[offset …]` to the start of `encoded`. */
  encode(values: Float32Array, offset: number, encoded: Float32Array): void;
  /**
   * @param input name of a float32 tensor `[N, inputColumns]`
   * @returns name of a float32 tensor `[N, outputColumns]`
   */
  addTo(graph: GraphBuilder, input: string): string;
  /**
   * The same for `[inputColumns, N]`, to `[outputColumns, N]`: several times quicker, since the numbers of a column lie
   * side by side. Undefined where the columns are passed on as they are.
   */
  addToTurned?(graph: GraphBuilder, input: string): string;
}

/** Enough for quantiles; more rows are thinned out evenly. */
const mostRows = 50_000;

/** @param bins per column, fewer where a column has fewer values; 0 passes the columns on as they are */
export function fitEncoding(samples: Pick<Samples, "values" | "rowCount" | "columnCount">, bins: number): Encoding {
  if (bins === 0) return identity(samples.columnCount);
  const columns: number[] = [];
  const starts: number[] = [];
  const factors: number[] = [];
  for (let column = 0; column < samples.columnCount; column++) {
    const edges = binEdges(samples, column, bins);
    for (let bin = 1; bin < edges.length; bin++) {
      const factor = Math.fround(1 / (edges[bin] - edges[bin - 1]));
      if (!Number.isFinite(factor)) continue;
      columns.push(column);
      starts.push(edges[bin - 1]);
      factors.push(factor);
    }
  }
  if (columns.length === 0) return identity(samples.columnCount);
  return createEncoding(
    samples.columnCount,
    Int32Array.from(columns),
    Float32Array.from(starts),
    Float32Array.from(factors),
  );
}

/** Distinct quantiles in rising order. */
function binEdges(
  { values, rowCount, columnCount }: Pick<Samples, "values" | "rowCount" | "columnCount">,
  column: number,
  bins: number,
): number[] {
  const step = Math.ceil(rowCount / mostRows);
  const sorted = Float64Array.from(
    { length: Math.ceil(rowCount / step) },
    (_, index) => values[index * step * columnCount + column],
  ).sort();
  const edges: number[] = [];
  for (let edge = 0; edge <= bins; edge++) {
    const value = Math.fround(quantile(sorted, edge / bins));
    if (edges.length === 0 || value > edges[edges.length - 1]) edges.push(value);
  }
  return edges;
}

function createEncoding(
  inputColumns: number,
  columns: Int32Array,
  starts: Float32Array,
  factors: Float32Array,
): Encoding {
  const outputColumns = columns.length;
  return {
    inputColumns,
    outputColumns,
    encode(values, offset, encoded) {
      for (let bin = 0; bin < outputColumns; bin++) {
        const above = Math.fround(values[offset + columns[bin]] - starts[bin]);
        encoded[bin] = Math.min(Math.max(Math.fround(above * factors[bin]), 0), 1);
      }
    },
    addTo: (graph, input) => addEncoded(graph, input, 1),
    addToTurned: (graph, input) => addEncoded(graph, input, 0),
  };

  /** @param axis of the columns */
  function addEncoded(graph: GraphBuilder, input: string, axis: 0 | 1): string {
    const dims = axis === 0 ? [outputColumns, 1] : [1, outputColumns];
    const perColumn = (name: string, data: Float32Array) => graph.addConstant(name, { type: "float32", dims, data });
    const repeated = graph.addNode("Gather", [input, graph.addInts(...columns)], {
      attributes: { axis: { int: axis } },
    });
    const above = graph.addNode("Sub", [repeated, perColumn("binStart", starts)]);
    const scaled = graph.addNode("Mul", [above, perColumn("binFactor", factors)]);
    return graph.addNode("Clip", [scaled, graph.addScalar("float32", 0), graph.addScalar("float32", 1)], {
      name: "encoded",
    });
  }
}

function identity(columnCount: number): Encoding {
  return {
    inputColumns: columnCount,
    outputColumns: columnCount,
    encode(values, offset, encoded) {
      encoded.set(values.subarray(offset, offset + columnCount));
    },
    addTo: (_, input) => input,
  };
}
