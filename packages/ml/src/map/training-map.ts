import { gatherRows } from "../pipeline/predict-rows.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { createRandom } from "../random/random.ts";
import { fitMap } from "./fit-map.ts";
import { encodeMap, type MapMethod, mapKey } from "./map-model.ts";
import { openMap } from "./open-map.ts";
import { sampleRows } from "./sample-rows.ts";

/** Rows of a training on its map. */
export interface MapReport {
  /** `pca` too where there were too few rows for the method that was asked for. */
  readonly method: MapMethod;
  /** At most 2,000; `label` is a class index. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: number }[];
  /** Share of the variance along each axis; `pca` only. */
  readonly explained?: readonly [number, number] | undefined;
}

export interface TrainingMapRows {
  readonly raw: RawRows;
  /** Class index per row of the whole table. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Rows that the map is fitted to. */
  readonly training: Int32Array;
  /** Rows that are drawn. */
  readonly rows: Int32Array;
}

export interface TrainingMap {
  /** For the model's file. */
  readonly metadata: Readonly<Record<string, string>>;
  /** For the report. */
  readonly report: { readonly map?: MapReport };
}

const mostPoints = 2_000;

/** The map that a model carries, and rows of all parts on it, placed as new rows will be. */
export async function fitTrainingMap(
  { raw, labels, classCount, training, rows }: TrainingMapRows,
  method: MapMethod | "none",
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<TrainingMap> {
  if (method === "none") return { metadata: {}, report: {} };
  const text = encodeMap(await fitMap({ raw, rows: training, labels, classCount }, method, { seed, signal }));
  const map = openMap(text);
  const drawn = sampleRows(rows, mostPoints, createRandom(seed), labels, classCount);
  const places = map.place(gatherRows(raw, drawn), drawn.length);
  const points = Array.from(drawn, (row, place) => ({
    x: shorten(places[2 * place]),
    y: shorten(places[2 * place + 1]),
    label: labels[row],
  }));
  return {
    metadata: { [mapKey]: text },
    report: { map: { method: map.method, points, ...(map.explained && { explained: map.explained }) } },
  };
}

function shorten(coordinate: number): number {
  return Number(coordinate.toPrecision(5));
}
