import type { BoostingSettings } from "../learners/trees/boosting/boosting-settings.ts";
import { fitBoostedTrees } from "../learners/trees/boosting/fit-boosted-trees.ts";
import { addEnsemble } from "../learners/trees/ensemble-nodes.ts";
import { predictEnsemble } from "../learners/trees/predict-ensemble.ts";
import type { TreeEnsemble } from "../learners/trees/tree.ts";
import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { createPacer } from "../pacer.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { gatherColumns } from "./gather-columns.ts";
import { type PartScale, scaleOf } from "./part-scale.ts";

/** Small boosted trees of the known classes, and how their energy spreads over rows that they did not learn from. */
export interface NoveltyEnergy {
  readonly ensemble: TreeEnsemble;
  readonly scale: PartScale;
}

const settings: BoostingSettings = {
  rounds: 40,
  learningRate: 0.1,
  leaves: 4,
  bins: 64,
  l2: 1,
  minLeafRows: 5,
  minLeafHessian: 1e-3,
  columnShare: 0.5,
  rowShare: 1,
  patience: 40,
};
/** With two classes there is one margin, which is high for the one and low for the other. */
const leastClasses = 3;
const leastRows = 30;
const mostRows = 20_000;
const mostCells = 2 ** 24;
const rowsAtOnce = 512;

/**
 * Fits trees with every class of the same weight. They are small: those that know each row by heart are as sure of a
 * stranger.
 * @param rows which rows
 * @param labels class index per row of `rows`
 * @returns undefined where there are fewer than three classes, or next to no rows
 */
export async function fitEnergy(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<NoveltyEnergy | undefined> {
  const most = Math.min(mostRows, Math.floor(mostCells / raw.columnCount));
  const step = Math.max(1, Math.ceil(rows.length / most));
  const places = Int32Array.from(rows.keys()).filter((place) => place % step === 0);
  if (classCount < leastClasses || places.length < leastRows) return undefined;
  const fit = async (some: Int32Array) => {
    const samples = samplesOf(raw, rows, labels, some, classCount);
    const options = { seed: 0, threads: 1, ...(signal && { signal }) };
    return (await fitBoostedTrees(samples, { ...samples, ...noRows }, settings, options)).ensemble;
  };
  const half = await fit(places.filter((_, at) => at % 2 === 0));
  const others = places.filter((_, at) => at % 2 === 1).map((place) => rows[place]);
  return { ensemble: await fit(places), scale: scaleOf(await energies(half, raw, others, signal)) };
}

const noRows = { rowCount: 0, values: new Float32Array(0), labels: new Int32Array(0), weights: new Float32Array(0) };

function samplesOf(raw: RawRows, rows: Int32Array, labels: Int32Array, places: Int32Array, classCount: number) {
  const { columnCount } = raw;
  const own = places.map((place) => labels[place]);
  const counts = new Float64Array(classCount);
  for (const label of own) counts[label]++;
  const occurring = counts.filter((count) => count > 0).length;
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  return {
    rowCount: places.length,
    columnCount,
    values: gatherColumns(
      raw,
      places.map((place) => rows[place]),
      columns,
    ),
    labels: own,
    classCount,
    weights: Float32Array.from(own, (label) => places.length / (occurring * counts[label])),
  };
}

/**
 * Free energy per row, −ln Σ exp(margin): high where no class claims the row (W. Liu et al., "Energy-based
 * out-of-distribution detection", 2020).
 */
export async function energies(
  ensemble: TreeEnsemble,
  raw: RawRows,
  rows: Int32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { outputCount, columnCount } = ensemble;
  const pacer = createPacer(signal);
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  const found = new Float64Array(rows.length);
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await pacer.giveWay();
    const some = rows.subarray(first, first + rowsAtOnce);
    const margins = predictEnsemble(ensemble, gatherColumns(raw, some, columns), some.length);
    for (let row = 0; row < some.length; row++) {
      found[first + row] = -logSumExp(margins.subarray(row * outputCount, (row + 1) * outputCount));
    }
  }
  return found;
}

function logSumExp(values: Float64Array): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) greatest = Math.max(greatest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - greatest);
  return greatest + Math.log(sum);
}

/**
 * @param features name of a float32 tensor `[N, columns]`, NaN for a gap
 * @returns name of a float32 tensor `[N, 1]` of energies
 */
export function addEnergy(graph: GraphBuilder, features: string, ensemble: TreeEnsemble): string {
  const margins = addEnsemble(graph, features, ensemble);
  const sum = graph.addNode("ReduceLogSumExp", [margins], {
    attributes: { axes: { ints: [1] }, keepdims: { int: 1 } },
  });
  return graph.addNode("Neg", [sum]);
}
