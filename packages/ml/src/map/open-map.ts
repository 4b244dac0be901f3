import { scaleRow } from "../space/kpi-space.ts";
import { NearestRows } from "../space/nearest-rows.ts";
import { projectRow } from "../space/principal-axes.ts";
import { decodeMap, type MapMethod, type MapModel } from "./map-model.ts";

/** A 2-D map that rows can be placed on. */
export interface OpenMap {
  readonly method: MapMethod;
  /** Columns of a raw row. */
  readonly inputColumns: number;
  /** Share of the variance along each of the two axes; `pca` only. */
  readonly explained?: readonly [number, number];
  /**
   * The same rule for rows of the training and for new ones. `pca`: the first two principal coordinates. `umap` and
   * `tsne`: the mean of the nearest anchors' places, each weighted by the inverse of its distance's fourth power.
   * @param values `rowCount × inputColumns` raw numbers, row by row; NaN for a gap
   * @returns `rowCount × 2`: x and y, row by row
   */
  place(values: Float32Array, rowCount: number): Float32Array;
}

const anchorsAsked = 5;
/** Relative to the nearest anchor's squared distance; keeps the weights of equal rows finite. */
const leastSquare = 1e-12;

/**
 * Opens what a model's metadata has under `mapKey`.
 * @throws MapUnreadableError
 */
export function openMap(text: string): OpenMap {
  return openMapModel(decodeMap(text));
}

export function openMapModel(model: MapModel): OpenMap {
  const { method, space, axes } = model;
  const scaled = new Float32Array(space.columns.length);
  const point = new Float32Array(Math.max(2, axes.count));
  const settle = method === "pca" ? () => point : nearAnchors(model, point);

  function place(values: Float32Array, rowCount: number): Float32Array {
    const places = new Float32Array(2 * rowCount);
    for (let row = 0; row < rowCount; row++) {
      scaleRow(space, values, row * space.inputColumns, scaled, 0);
      projectRow(axes, scaled, 0, point, 0);
      places.set(settle().subarray(0, 2), 2 * row);
    }
    return places;
  }

  const explained = [axes.shares[0] ?? 0, axes.shares[1] ?? 0] as const;
  return { method, inputColumns: space.inputColumns, place, ...(method === "pca" && { explained }) };
}

/** @returns places `point` among the anchors */
function nearAnchors({ axes, anchors }: MapModel, point: Float32Array): () => Float32Array {
  const place = new Float32Array(2);
  if (!anchors) return () => place;
  const { count, coordinates, positions } = anchors;
  const index = new NearestRows(coordinates, count, axes.count);
  const rows = new Int32Array(Math.min(anchorsAsked, count));
  const squares = new Float64Array(rows.length);
  return () => {
    const found = index.search(point, 0, rows, squares);
    let sum = 0;
    let x = 0;
    let y = 0;
    for (let at = 0; at < found; at++) {
      const weight = 1 / Math.max(squares[at], leastSquare) ** 2;
      sum += weight;
      x += weight * positions[2 * rows[at]];
      y += weight * positions[2 * rows[at] + 1];
    }
    place[0] = x / sum;
    place[1] = y / sum;
    return place;
  };
}
