import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { gatherColumns } from "./gather-columns.ts";
import { addDoubt, doubts } from "./novelty-doubt.ts";
import { addEnergy, energies } from "./novelty-energy.ts";
import type { NoveltyTrees } from "./novelty-trees.ts";
import type { PartScale } from "./part-scale.ts";
import type { Whitening } from "./whitening.ts";

/** How little a row looks like any class that a model learned. */
export interface Novelty {
  /** Columns that are looked at, by their Fisher score. */
  readonly columns: readonly number[];
  /**
   * @param rows which rows
   * @returns a score per row; the higher, the less known
   */
  score(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array>;
  /**
   * @param features name of a float32 tensor `[N, columns of the table]` with NaN for gaps
   * @returns name of a float32 tensor `[N, 1]`
   */
  addTo(graph: GraphBuilder, features: string): string;
}

/** Per class, in the space of the prepared numbers. */
export interface NoveltyDistances {
  readonly means: readonly Float64Array[];
  readonly whitenings: readonly Whitening[];
}

export interface NoveltyFit extends NoveltyDistances {
  readonly columns: readonly number[];
  /** Of the raw numbers of these columns alone. */
  readonly preparation: Preparation;
  readonly scale: PartScale;
  /** Absent where there are too few classes or rows. */
  readonly energy?: NoveltyTrees;
  readonly doubt?: NoveltyTrees;
}

const energyWeight = 2;

/**
 * The sum of a distance, the energy of small boosted trees and the doubt of a forest, each scaled by median and
 * interquartile range. The distance: the least squared Mahalanobis distance to a class by the class's own covariance
 * plus its log-determinant (a quadratic discriminant), after a signed logarithm.
 */
export function createNovelty(fit: NoveltyFit): Novelty {
  const size = fit.preparation.outputColumns;

  async function score(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array> {
    const gathered = gatherColumns(raw, rows, fit.columns);
    const all = Int32Array.from(rows.keys());
    const prepared = await fit.preparation.apply({ columnCount: fit.columns.length, values: gathered }, all, signal);
    const energy = fit.energy && (await energies(fit.energy.ensemble, raw, rows, signal));
    const doubt = fit.doubt && (await doubts(fit.doubt.ensemble, raw, rows, signal));
    return Float32Array.from(all, (row) => {
      let sum = scaled(noveltyDistance(fit, prepared.subarray(row * size, (row + 1) * size)), fit.scale);
      if (fit.energy && energy) sum += energyWeight * scaled(energy[row], fit.energy.scale);
      if (fit.doubt && doubt) sum += scaled(doubt[row], fit.doubt.scale);
      return sum;
    });
  }

  return { columns: fit.columns, score, addTo: (graph, features) => addNovelty(graph, features, fit) };
}

function scaled(part: number, { centre, spread }: PartScale): number {
  return (part - centre) / spread;
}

/** The distance of a prepared row to the nearest class, after the signed logarithm. */
export function noveltyDistance({ whitenings, means }: NoveltyDistances, prepared: Float32Array): number {
  const values = Float64Array.from(prepared);
  let least = Number.POSITIVE_INFINITY;
  for (const [index, whitening] of whitenings.entries()) {
    least = Math.min(least, squaredDistance(whitening, values, means[index]) + whitening.logDeterminant);
  }
  return signedLog(least);
}

function squaredDistance({ map }: Whitening, values: Float64Array, mean: Float64Array): number {
  const size = values.length;
  let total = 0;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column <= row; column++) sum += map[row * size + column] * (values[column] - mean[column]);
    total += sum * sum;
  }
  return total;
}

function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

function addNovelty(graph: GraphBuilder, features: string, fit: NoveltyFit): string {
  const axis = { attributes: { axis: { int: 1 } } };
  const chosen = graph.addNode("Gather", [features, graph.addInts(...fit.columns)], axis);
  const values = fit.preparation.addTo(graph, chosen);
  const determinants = graph.addConstant("logDeterminants", {
    type: "float32",
    dims: [1, fit.means.length],
    data: fit.whitenings.map(({ logDeterminant }) => logDeterminant),
  });
  const distances = graph.addNode("Add", [addDistances(graph, values, fit), determinants]);
  const parts = [addScaled(graph, addSignedLog(graph, addLeast(graph, distances)), fit.scale)];
  if (fit.energy) {
    parts.push(addScaled(graph, addEnergy(graph, features, fit.energy.ensemble), fit.energy.scale, energyWeight));
  }
  if (fit.doubt) parts.push(addScaled(graph, addDoubt(graph, features, fit.doubt.ensemble), fit.doubt.scale));
  return parts.reduce((sum, part) => graph.addNode("Add", [sum, part]));
}

function addScaled(graph: GraphBuilder, part: string, { centre, spread }: PartScale, weight = 1): string {
  const centred = graph.addNode("Sub", [part, graph.addScalar("float32", centre)]);
  return graph.addNode("Mul", [centred, graph.addScalar("float32", weight / spread)]);
}

/**
 * Squared distances `[N, means]`, in float32 and with one product for all maps: this runs for every row that is ever
 * diagnosed.
 */
function addDistances(graph: GraphBuilder, values: string, { whitenings, means }: NoveltyDistances): string {
  const size = means[0].length;
  const width = whitenings.length * size;
  const maps = new Float32Array(size * width);
  const centres = new Float32Array(width);
  for (const [index, { map }] of whitenings.entries()) {
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let column = 0; column <= row; column++) {
        const weight = map[row * size + column];
        maps[column * width + index * size + row] = weight;
        sum += weight * means[index][column];
      }
      centres[index * size + row] = sum;
    }
  }
  const whitening = graph.addConstant("whitening", { type: "float32", dims: [size, width], data: maps });
  const centre = graph.addConstant("centre", { type: "float32", dims: [1, means.length, size], data: centres });
  const projected = graph.addNode("MatMul", [values, whitening]);
  const apart = graph.addNode("Reshape", [projected, graph.addInts(-1, whitenings.length, size)]);
  return graph.addNode("ReduceSumSquare", [graph.addNode("Sub", [apart, centre])], {
    attributes: { axes: { ints: [2] }, keepdims: { int: 0 } },
  });
}

/** The least of each row, `[N, 1]`. */
function addLeast(graph: GraphBuilder, values: string): string {
  return graph.addNode("ReduceMin", [values], { attributes: { axes: { ints: [1] }, keepdims: { int: 1 } } });
}

function addSignedLog(graph: GraphBuilder, value: string): string {
  const magnitude = graph.addNode("Add", [graph.addNode("Abs", [value]), graph.addScalar("float32", 1)]);
  return graph.addNode("Mul", [graph.addNode("Sign", [value]), graph.addNode("Log", [magnitude])]);
}
