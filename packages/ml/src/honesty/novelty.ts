import type { GraphBuilder } from "../onnx/graph-builder.ts";
import type { Preparation, RawRows } from "../preprocess/preparation.ts";
import { gatherColumns } from "./gather-columns.ts";
import { addNoveltyDistance, type NoveltyDistances, noveltyDistance } from "./novelty-distances.ts";
import { addDoubt, doubts } from "./novelty-doubt.ts";
import { addEnergy, energies } from "./novelty-energy.ts";
import type { NoveltyTrees } from "./novelty-trees.ts";
import type { PartScale } from "./part-scale.ts";

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
  readonly distances: NoveltyDistances;
  readonly scale: PartScale;
  /** Absent where there are too few classes or rows. */
  readonly energy?: NoveltyTrees;
  readonly doubt?: NoveltyTrees;
}

/**
 * The sum of a distance, the energy of small boosted trees and the doubt of a forest, each scaled by median and
 * interquartile range. The distance: the least squared Mahalanobis distance to a class by the class's own precision
 * plus its log-determinant (a quadratic discriminant), after a signed logarithm.
 */
export function createNovelty(fit: NoveltyFit): Novelty {
  const size = fit.preparation.outputColumns;

  async function score(raw: RawRows, rows: Int32Array, signal?: AbortSignal): Promise<Float32Array> {
    const gathered = gatherColumns(raw, rows, fit.columns);
    const all = Int32Array.from(rows.keys());
    const filled = await fit.preparation.apply({ columnCount: fit.columns.length, values: gathered }, all, signal);
    const prepared = markGaps(filled, gathered);
    const energy = fit.energy && (await energies(fit.energy.ensemble, raw, rows, signal));
    const doubt = fit.doubt && (await doubts(fit.doubt.ensemble, raw, rows, signal));
    return Float32Array.from(all, (row) => {
      let sum = scaled(noveltyDistance(fit.distances, prepared.subarray(row * size, (row + 1) * size)), fit.scale);
      if (fit.energy && energy) sum += scaled(energy[row], fit.energy.scale);
      if (fit.doubt && doubt) sum += scaled(doubt[row], fit.doubt.scale);
      return sum;
    });
  }

  return { columns: fit.columns, score, addTo: (graph, features) => addNovelty(graph, features, fit) };
}

function scaled(part: number, { centre, spread }: PartScale): number {
  return (part - centre) / spread;
}

/** Puts the gaps back into prepared numbers. */
export function markGaps(prepared: Float32Array, gathered: Float32Array): Float32Array {
  return prepared.map((value, cell) => (Number.isNaN(gathered[cell]) ? Number.NaN : value));
}

function addNovelty(graph: GraphBuilder, features: string, fit: NoveltyFit): string {
  const axis = { attributes: { axis: { int: 1 } } };
  const chosen = graph.addNode("Gather", [features, graph.addInts(...fit.columns)], axis);
  const values = fit.preparation.addTo(graph, chosen);
  const gaps = graph.addNode("IsNaN", [chosen]);
  const parts = [addScaled(graph, addNoveltyDistance(graph, values, gaps, fit.distances), fit.scale)];
  if (fit.energy) parts.push(addScaled(graph, addEnergy(graph, features, fit.energy.ensemble), fit.energy.scale));
  if (fit.doubt) parts.push(addScaled(graph, addDoubt(graph, features, fit.doubt.ensemble), fit.doubt.scale));
  return parts.reduce((sum, part) => graph.addNode("Add", [sum, part]));
}

function addScaled(graph: GraphBuilder, part: string, { centre, spread }: PartScale): string {
  const centred = graph.addNode("Sub", [part, graph.addScalar("float32", centre)]);
  return graph.addNode("Mul", [centred, graph.addScalar("float32", 1 / spread)]);
}
