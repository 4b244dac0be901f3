import { BottomK, priorityOfRow } from "../honesty/bottom-k.ts";
import { tellingColumns } from "../honesty/telling-columns.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import type { ColumnMatch } from "./match-columns.ts";

/** A row of a diagnosis, as charts draw it. */
export interface SamplePoint {
  /** Number of the data row, from 1. */
  readonly row: number;
  readonly id?: string;
  /** Class index; −1 where the row is unknown. */
  readonly diagnosis: number;
  readonly confidence: number;
  readonly probabilities: readonly number[];
  readonly novelty?: number;
  /** Place on the model's map; only where it has one. */
  readonly x?: number;
  readonly y?: number;
  /** Of the sample's KPIs; null for a gap. */
  readonly values: readonly (number | null)[];
}

/** Points of a part of a table, as JSON. */
export interface PointSampleState {
  readonly kpis: readonly string[];
  readonly points: readonly SamplePoint[];
}

export interface SampledRow {
  /** Number of the data row, from 1. */
  readonly row: number;
  readonly id: Uint8Array | undefined;
  readonly diagnosis: number;
  readonly unknown: boolean;
  /** One per class, from `probabilityOffset`. */
  readonly probabilities: Float32Array;
  readonly probabilityOffset: number;
  readonly novelty: number | undefined;
  /** Raw, one per feature of the model, from `valueOffset`. */
  readonly values: Float32Array;
  readonly valueOffset: number;
}

const mostPoints = 2_000;
const mostKpis = 12;
/** Bounds the points of models with very many classes. */
const mostProbabilities = 2 ** 19;
const mostIdBytes = 256;

/**
 * Rows of a file drawn at random: those whose numbers have the least priorities, so that the parts of a file, merged in
 * any order, give the points of the whole.
 */
export class PointSample {
  readonly #kpis: readonly string[];
  readonly #columns: readonly number[];
  readonly #model: Pick<DiagnosisModel, "card" | "map">;
  readonly #slots: BottomK;
  readonly #points: SamplePoint[] = [];
  /** Raw values of the points, until they are placed on the map. */
  readonly #rows: Float32Array[] = [];
  #told: PointSampleState | undefined;

  /** @param columns of the file, as they fit the model's */
  constructor(model: Pick<DiagnosisModel, "card" | "map" | "reference">, { missing }: ColumnMatch) {
    this.#model = model;
    this.#columns = sampledColumns(model, new Set(missing));
    this.#kpis = this.#columns.map((column) => model.card.features[column].name);
    this.#slots = new BottomK(capacity(model.card.classes.length));
  }

  get count(): number {
    return this.#slots.count;
  }

  /** The row's priority decides; a row that is not drawn costs next to nothing. */
  draws(row: number): boolean {
    return this.#slots.admit(priorityOfRow(row)) >= 0;
  }

  add(row: SampledRow): void {
    const priority = priorityOfRow(row.row);
    const slot = this.#slots.admit(priority);
    if (slot < 0) return;
    this.#points[slot] = this.#point(row);
    const { card, map } = this.#model;
    if (map) this.#rows[slot] = row.values.slice(row.valueOffset, row.valueOffset + card.features.length);
    this.#told = undefined;
    this.#slots.place(slot, priority);
  }

  toJSON(): PointSampleState {
    this.#told ??= { kpis: this.#kpis, points: this.#placed().sort((a, b) => a.row - b.row) };
    return this.#told;
  }

  /** Only rows that stay are placed: a place takes longer than a diagnosis. */
  #placed(): SamplePoint[] {
    const { map } = this.#model;
    if (!map) return this.#points.slice();
    return this.#points.map((point, slot) => {
      const [x, y] = map.place(this.#rows[slot], 1);
      return { ...point, x: rounded(x, 4), y: rounded(y, 4) };
    });
  }

  #point(sampled: SampledRow): SamplePoint {
    const { row, id, diagnosis, unknown, probabilities, probabilityOffset, novelty, values, valueOffset } = sampled;
    const { card } = this.#model;
    const shares = Array.from(
      probabilities.subarray(probabilityOffset, probabilityOffset + card.classes.length),
      (probability) => rounded(probability, 6),
    );
    return {
      row,
      ...(id && { id: textOf(id) }),
      diagnosis: unknown ? -1 : diagnosis,
      confidence: shares[diagnosis],
      probabilities: shares,
      ...(novelty !== undefined && Number.isFinite(novelty) && { novelty: rounded(novelty, 4) }),
      values: this.#columns.map((column) => numberOrNull(values[valueOffset + column])),
    };
  }
}

/** The points of two parts of one file. */
export function mergePoints(one: PointSampleState, other: PointSampleState, classCount: number): PointSampleState {
  const points = [...one.points, ...other.points]
    .map((point) => ({ point, priority: priorityOfRow(point.row) }))
    .sort((a, b) => a.priority - b.priority)
    .slice(0, capacity(classCount))
    .map(({ point }) => point)
    .sort((a, b) => a.row - b.row);
  return { kpis: one.kpis, points };
}

function capacity(classCount: number): number {
  return Math.max(1, Math.min(mostPoints, Math.floor(mostProbabilities / classCount)));
}

/** KPIs that the model uses and the file has, the most telling first. */
function sampledColumns(
  { card, reference }: Pick<DiagnosisModel, "card" | "reference">,
  missing: ReadonlySet<string>,
): number[] {
  const order = reference ? tellingColumns(reference.kpis) : [...card.features.keys()];
  return order
    .filter((column) => card.features[column].used && !missing.has(card.features[column].name))
    .slice(0, mostKpis);
}

function textOf(id: Uint8Array): string {
  if (id.length <= mostIdBytes) return Buffer.from(id).toString("utf8");
  return `${Buffer.from(id.subarray(0, mostIdBytes)).toString("utf8").replace(/�+$/, "")}…`;
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : Number(value.toPrecision(8));
}

function rounded(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
