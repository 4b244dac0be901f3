import { isCount, type PackedFormat, packNumbers, parsePacked, unpackNumbers } from "../packed-json.ts";
import type { KpiSpace } from "../space/kpi-space.ts";
import type { PrincipalAxes } from "../space/principal-axes.ts";

export const mapMethods = ["pca", "umap", "tsne"] as const;
export type MapMethod = (typeof mapMethods)[number];

/** What places rows on a 2-D map. */
export interface MapModel {
  readonly method: MapMethod;
  readonly space: KpiSpace;
  /** Principal axes of the space; the first two are the map where the method is `pca`. */
  readonly axes: PrincipalAxes;
  /** Absent for `pca`. */
  readonly anchors?: Anchors;
}

/** Rows whose places on the map are known. */
export interface Anchors {
  readonly count: number;
  /** `count × axes.count` principal coordinates, row by row. */
  readonly coordinates: Float32Array;
  /** `count × 2`, row by row. */
  readonly positions: Float32Array;
}

/** Key of the map in the metadata of an `.onnx` file. */
export const mapKey = "systemhealer.map";

/** Thrown where a text is no map, or one of another schema. */
export class MapUnreadableError extends Error {
  override readonly name = "MapUnreadableError";
}

interface Written {
  readonly schema: "map.v1";
  readonly method: MapMethod;
  /** Columns of a raw row. */
  readonly inputColumns: number;
  /** Columns that are looked at. */
  readonly columns: number;
  readonly axes: number;
  /** 0 for `pca`. */
  readonly anchors: number;
  /**
   * Packed: float64 fill, unit, centre and spread of each column;
   * float64 share of each axis; float32 means of the columns, axes one after the other, anchors' coordinates row by row,
   * anchors' positions row by row; int32 columns.
   */
  readonly numbers: string;
}

const format: PackedFormat<Written> = {
  schema: "map.v1",
  what: "map",
  mostBytes: 64 * 1024 * 1024,
  fits: ({ method, numbers, inputColumns, columns, axes, anchors }) =>
    mapMethods.some((known) => known === method) &&
    typeof numbers === "string" &&
    [inputColumns, columns, axes, anchors].every(isCount),
  Unreadable: MapUnreadableError,
};

export function encodeMap({ method, space, axes, anchors }: MapModel): string {
  const parts = [
    ...[space.fills, space.units, space.centres, space.spreads, axes.shares],
    ...[axes.mean, axes.axes, ...(anchors ? [anchors.coordinates, anchors.positions] : [])],
    space.columns,
  ];
  const written: Written = {
    schema: "map.v1",
    method,
    inputColumns: space.inputColumns,
    columns: space.columns.length,
    axes: axes.count,
    anchors: anchors?.count ?? 0,
    numbers: packNumbers(parts),
  };
  return JSON.stringify(written);
}

/** @throws MapUnreadableError */
export function decodeMap(text: string): MapModel {
  const { method, inputColumns, columns, axes, anchors, numbers } = parsePacked(text, format);
  const doubles = 4 * columns + axes;
  const floats = columns + axes * columns + anchors * (axes + 2);
  const buffer = unpackNumbers(numbers, format);
  if (buffer.byteLength !== 8 * doubles + 4 * floats + 4 * columns) {
    throw new MapUnreadableError(`${buffer.byteLength} bytes do not fill the map`);
  }
  let at = 0;
  const take64 = (count: number) => {
    at += 8 * count;
    return new Float64Array(buffer, at - 8 * count, count);
  };
  const take32 = (count: number) => {
    at += 4 * count;
    return new Float32Array(buffer, at - 4 * count, count);
  };
  const [fills, units, centres, spreads] = [take64(columns), take64(columns), take64(columns), take64(columns)];
  const shares = take64(axes);
  const mean = take32(columns);
  const vectors = take32(axes * columns);
  const coordinates = take32(anchors * axes);
  const positions = take32(anchors * 2);
  const chosen = new Int32Array(buffer, at, columns);
  if (chosen.some((column) => column < 0 || column >= inputColumns)) {
    throw new MapUnreadableError("the map names columns that its rows do not have");
  }
  const parts = [fills, units, centres, spreads, shares, mean, vectors, coordinates, positions];
  if (!parts.every((part) => part.every(Number.isFinite))) throw new MapUnreadableError("the map holds no numbers");
  return {
    method,
    space: { inputColumns, columns: chosen, fills, units, centres, spreads },
    axes: { dimensions: columns, count: axes, mean, axes: vectors, shares },
    ...(anchors > 0 && { anchors: { count: anchors, coordinates, positions } }),
  };
}
