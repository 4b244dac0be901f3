import type { RawRows } from "../preprocess/preparation.ts";
import { selectColumns } from "../preprocess/select/select-columns.ts";
import { createRandom, type Random } from "../random/random.ts";
import { fitInformativeSpace } from "../space/informative-space.ts";
import { fitKpiSpace, scaleRows } from "../space/kpi-space.ts";
import { fitPrincipalAxes, projectRows } from "../space/principal-axes.ts";
import type { Anchors, MapMethod, MapModel } from "./map-model.ts";
import { sampleRows } from "./sample-rows.ts";
import { embedByTsne } from "./tsne.ts";
import { embedByUmap } from "./umap.ts";

export interface MapRows {
  readonly raw: RawRows;
  /** Which rows the map is of. */
  readonly rows: Int32Array;
  /** Class index per row of the whole table; they choose the KPIs that tell most of the class. */
  readonly labels?: Int32Array | undefined;
  readonly classCount?: number;
}

export interface FitMapOptions {
  readonly seed: number;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that the space is fitted to, by columns: bounds the time for very many columns. */
const mostFitRows = 10_000;
const mostFitCells = 2 ** 22;
const leastFitRows = 500;
/** KPIs that the labels choose. */
const mostColumns = 32;
const mostAxes = 12;
/** t-SNE's time grows with the square. */
const mostAnchors: Readonly<Record<Exclude<MapMethod, "pca">, number>> = { umap: 1_500, tsne: 1_500 };
/** With fewer rows there are no neighbourhoods to draw. */
const leastAnchors = 8;

/**
 * Fits a 2-D map of at least one row; of very many, a sample is drawn on. Where there are too few different rows for the
 * method, the map is one by principal components.
 */
export async function fitMap(
  { raw, rows, labels, classCount = 0 }: MapRows,
  method: MapMethod,
  options: FitMapOptions,
): Promise<MapModel> {
  const { seed, signal } = options;
  const random = createRandom(seed);
  const fitRows = Math.max(leastFitRows, Math.min(mostFitRows, Math.floor(mostFitCells / raw.columnCount)));
  const sample = sampleRows(rows, fitRows, random, labels, classCount);
  const space = labels
    ? await fitKpiSpace(raw, sample, signal, await tellingColumns(raw, sample, labels, classCount, seed, signal))
    : await fitInformativeSpace(raw, sample, signal);
  const scaled = await scaleRows(space, raw, sample, signal);
  const axes = await fitPrincipalAxes(scaled, sample.length, space.columns.length, mostAxes, signal);
  if (method === "pca" || sample.length < leastAnchors || axes.count === 0) return { method: "pca", space, axes };
  const anchorRows = sampleRows(sample, mostAnchors[method], random, labels, classCount);
  const coordinates = projectRows(axes, await scaleRows(space, raw, anchorRows, signal), anchorRows.length);
  const positions = await embed(method, coordinates, anchorRows.length, axes.count, random, options);
  const anchors: Anchors = { count: anchorRows.length, coordinates, positions: Float32Array.from(positions) };
  return { method, space, axes, anchors };
}

function embed(
  method: "umap" | "tsne",
  coordinates: Float32Array,
  rowCount: number,
  width: number,
  random: Random,
  { onProgress, signal }: FitMapOptions,
): Promise<Float64Array> {
  const shared = { signal, ...(onProgress && { onProgress }) };
  return method === "umap"
    ? embedByUmap(coordinates, rowCount, width, { random, ...shared })
    : embedByTsne(coordinates, rowCount, width, shared);
}

async function tellingColumns(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const settings = { selection: "mutual-information", keepFeatures: mostColumns, seed } as const;
  const scores = await selectColumns(raw, rows, labels, classCount, settings, signal);
  return [...scores.keys()].filter((column) => scores[column].kept);
}
