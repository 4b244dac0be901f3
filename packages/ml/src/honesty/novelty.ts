import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { gatherColumns } from "./gather-columns.ts";
import { addEnergy, energies, type NoveltyEnergy } from "./novelty-energy.ts";
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

export interface NoveltyFit {
  readonly columns: readonly number[];
  /** Of the raw numbers of these columns alone. */
  readonly preparation: Preparation;
  /** Per class, in the space of the prepared numbers. */
  readonly means: readonly Float64Array[];
  /** Per class. */
  readonly own: readonly Whitening[];
  /** Of all classes, each around its own mean. */
  readonly shared: Whitening;
  readonly overallMean: Float64Array;
  /** Of all rows, around their one mean. */
  readonly overall: Whitening;
  readonly scales: readonly [PartScale, PartScale];
  /** Absent where there are too few classes or rows. */
  readonly energy?: NoveltyEnergy;
}

/** The energy counts as much as the two distances together. */
const energyWeight = 2;

/**
 * The sum of two distances, after a signed logarithm, and the energy of small boosted trees, each scaled by median and
 * interquartile range. The distances: the least squared Mahalanobis distance to a class by the class's own covariance
 * plus its log-determinant (a quadratic discriminant), and the least by the shared covariance relative to that of all
 * rows (J. Ren et al., "A simple fix to Mahalanobis distance for improving near-OOD detection", 2021).
 */
export function createNovelty(fit: NoveltyFit): Novelty {
  const size = fit.preparation.outputColumns;

  async function score(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array> {
    const gathered = gatherColumns(raw, rows, fit.columns);
    const all = Int32Array.from(rows.keys());
    const prepared = await fit.preparation.apply({ columnCount: fit.columns.length, values: gathered }, all, signal);
    const claims = fit.energy && (await energies(fit.energy.ensemble, raw, rows, signal));
    return Float32Array.from(all, (row) => {
      const parts = noveltyParts(fit, prepared.subarray(row * size, (row + 1) * size));
      const distance = fit.scales.reduce((sum, scale, part) => sum + scaled(parts[part], scale), 0);
      return fit.energy && claims ? distance + energyWeight * scaled(claims[row], fit.energy.scale) : distance;
    });
  }

  return { columns: fit.columns, score, addTo: (graph, features) => addNovelty(graph, features, fit) };
}

function scaled(part: number, { centre, spread }: PartScale): number {
  return (part - centre) / spread;
}

/** The two distances of a prepared row, after the signed logarithm. */
export function noveltyParts(fit: Omit<NoveltyFit, "scales" | "energy">, prepared: Float32Array): [number, number] {
  const values = Float64Array.from(prepared);
  let own = Number.POSITIVE_INFINITY;
  let shared = Number.POSITIVE_INFINITY;
  for (const [index, mean] of fit.means.entries()) {
    own = Math.min(own, squaredDistance(fit.own[index], values, mean) + fit.own[index].logDeterminant);
    shared = Math.min(shared, squaredDistance(fit.shared, values, mean));
  }
  return [signedLog(own), signedLog(shared - squaredDistance(fit.overall, values, fit.overallMean))];
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
  const classCount = fit.means.length;
  const own = addDistances(graph, values, fit.own, fit.means);
  const determinants = graph.addConstant("logDeterminants", {
    type: "float32",
    dims: [1, classCount],
    data: fit.own.map(({ logDeterminant }) => logDeterminant),
  });
  const shared = addDistances(graph, values, [fit.shared], fit.means);
  const overall = addDistances(graph, values, [fit.overall], [fit.overallMean]);
  const parts = [
    addLeast(graph, graph.addNode("Add", [own, determinants])),
    graph.addNode("Sub", [addLeast(graph, shared), overall]),
  ];
  const distances = parts.map((part, index) => addScaled(graph, addSignedLog(graph, part), fit.scales[index]));
  const distance = graph.addNode("Add", distances);
  if (!fit.energy) return distance;
  const energy = addScaled(graph, addEnergy(graph, features, fit.energy.ensemble), fit.energy.scale, energyWeight);
  return graph.addNode("Add", [distance, energy]);
}

function addScaled(graph: GraphBuilder, part: string, { centre, spread }: PartScale, weight = 1): string {
  const centred = graph.addNode("Sub", [part, graph.addScalar("float32", centre)]);
  return graph.addNode("Mul", [centred, graph.addScalar("float32", weight / spread)]);
}

/**
 * Squared distances `[N, means]`, in float32 and with one product for all maps: this runs for every row that is ever
 * diagnosed.
 * @param whitenings one per mean, or one for all
 */
function addDistances(
  graph: GraphBuilder,
  values: string,
  whitenings: readonly Whitening[],
  means: readonly Float64Array[],
): string {
  const size = means[0].length;
  const width = whitenings.length * size;
  const maps = new Float32Array(size * width);
  const centres = new Float32Array(means.length * size);
  for (const [index, { map }] of whitenings.entries()) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++)
        maps[column * width + index * size + row] = map[row * size + column];
    }
  }
  for (const [index, mean] of means.entries()) {
    const { map } = whitenings[whitenings.length === 1 ? 0 : index];
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let column = 0; column <= row; column++) sum += map[row * size + column] * mean[column];
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
