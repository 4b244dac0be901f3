import { selectsColumns } from "../../../onnx/selects-columns.ts";
import type { StoredGraph, StoredNode } from "../../../onnx/stored-graph.ts";
import { floatsOf, integersOf } from "../../../onnx/stored-tensor.ts";

/** A piecewise-linear encoding and the layer upon it, as they stand in a graph. */
export interface EncodedLayer {
  /** Names of the values that it takes, float32 `[N, columns]`, and gives. */
  readonly input: string;
  readonly output: string;
  /** Column of each bin; the bins of a column follow one another. */
  readonly columns: Int32Array;
  readonly starts: Float32Array;
  /** One over the width of each bin. */
  readonly factors: Float32Array;
  /** `bins × units`, row by row. */
  readonly weights: Float32Array;
  readonly units: number;
  /** `members × bins`: what each member multiplies the bins by; undefined for a network without members. */
  readonly scales: Float32Array | undefined;
}

/**
 * The layers that take a piecewise-linear encoding: `Gather`, `Sub`, `Mul` and `Clip` from 0 to 1, for members `Mul` by
 * their scales, then `MatMul`. What is written otherwise is passed over.
 */
export function readEncodedLayers(graph: StoredGraph): EncodedLayer[] {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const constants = new Map(graph.initializers.map((part) => [part.name, part]));
  const floats = (name: string) => floatsOf(constants.get(name));
  const made = (name: string, opType: string): StoredNode | undefined => {
    const node = makers.get(name);
    return node?.opType === opType && node.domain === "" ? node : undefined;
  };
  return graph.nodes.flatMap((node) => {
    if (node.opType !== "MatMul" || node.domain !== "") return [];
    const weights = floats(node.inputs[1]);
    const scaling = made(node.inputs[0], "Mul");
    const clip = made(scaling ? scaling.inputs[0] : node.inputs[0], "Clip");
    const factoring = clip && made(clip.inputs[0], "Mul");
    const shifting = factoring && made(factoring.inputs[0], "Sub");
    const gather = shifting && makers.get(shifting.inputs[0]);
    if (!gather || !selectsColumns(gather)) return [];
    const columns = integersOf(constants.get(gather.inputs[1]));
    const [low, high] = [floats(clip.inputs[1]), floats(clip.inputs[2])];
    const starts = floats(shifting.inputs[1]);
    const factors = floats(factoring.inputs[1]);
    if (!columns || !starts || !factors || weights?.dims.length !== 2) return [];
    if (low?.data.length !== 1 || low.data[0] !== 0 || high?.data.length !== 1 || high.data[0] !== 1) return [];
    const bins = columns.length;
    const isRow = ({ dims, data }: { dims: readonly number[]; data: Float32Array }) =>
      dims.length === 2 && dims[0] === 1 && data.length === bins;
    if (!isRow(starts) || !isRow(factors) || weights.dims[0] !== bins) return [];
    const scales = scaling && floats(scaling.inputs[1]);
    if (scaling && !(scales?.dims.length === 3 && scales.dims[1] === 1 && scales.dims[2] === bins)) return [];
    const layer = {
      input: gather.inputs[0],
      output: node.outputs[0],
      columns: Int32Array.from(columns),
      starts: starts.data,
      factors: factors.data,
      weights: weights.data,
      units: weights.dims[1],
      scales: scales?.data,
    };
    return areRuns(layer) ? [layer] : [];
  });
}

const widthTolerance = 1e-3;

/** Whether the bins of each column come one after the other, each where the one before ends. */
function areRuns({ columns, starts, factors }: EncodedLayer): boolean {
  const seen = new Set<number>();
  for (let bin = 0; bin < columns.length; bin++) {
    if (columns[bin] < 0 || !(factors[bin] > 0) || !Number.isFinite(factors[bin]) || !Number.isFinite(starts[bin])) {
      return false;
    }
    if (bin > 0 && columns[bin] === columns[bin - 1]) {
      const widths = (starts[bin] - starts[bin - 1]) * factors[bin - 1];
      if (!(Math.abs(widths - 1) < widthTolerance)) return false;
    } else if (seen.has(columns[bin])) return false;
    seen.add(columns[bin]);
  }
  return true;
}
