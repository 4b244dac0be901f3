import { createRandom, type Random } from "../random/random.ts";

/** Rows kept of all classes together… */
const maxSampledRows = 5_000;
/** …and cells of these. */
const maxSampledCells = 2_000_000;

interface Group {
  /** Rows of the class so far. */
  rows: number;
  /** Places of those kept. */
  readonly places: number[];
}

/** The rows kept of one class. */
export interface SampledClass {
  /** As `add` was told it. */
  readonly index: number;
  /** Rows of the class in all. */
  readonly rows: number;
  /** Where each kept row begins in `values`. */
  readonly offsets: readonly number[];
}

/**
 * A uniform sample of the rows of each class, in one pass and in constant memory: every class may keep the same number of
 * rows, which falls when another class appears (algorithm R of Vitter 1985; of a uniform sample, any random part is one
 * too). At most 5,000 rows, fewer in tables of more than 400 features. A fixed seed: a file always gives the same sample.
 */
export class ClassSample {
  /** Kept rows, `features` numbers each; a gap is NaN. */
  readonly values: Float64Array;
  readonly features: number;
  readonly #capacity: number;
  readonly #groups = new Map<number, Group>();
  readonly #free: number[] = [];
  readonly #random: Random = createRandom(2);
  #taken = 0;
  #share: number;

  constructor(features: number) {
    this.features = features;
    this.#capacity = Math.min(maxSampledRows, Math.max(1, Math.floor(maxSampledCells / Math.max(1, features))));
    this.#share = this.#capacity;
    this.values = new Float64Array(this.#capacity * features);
  }

  /** @param index of the row's class; any negative number stands for none */
  add(index: number, row: Float64Array): void {
    const group = this.#groups.get(Math.max(-1, index)) ?? this.#join(Math.max(-1, index));
    group.rows++;
    let place: number | undefined;
    if (group.places.length < this.#share) {
      place = this.#free.pop() ?? (this.#taken < this.#capacity ? this.#taken++ : undefined);
      if (place !== undefined) group.places.push(place);
    } else place = group.places[this.#random.below(group.rows)];
    if (place !== undefined) this.values.set(row, place * this.features);
  }

  classes(): SampledClass[] {
    return [...this.#groups].map(([index, { rows, places }]) => ({
      index,
      rows,
      offsets: places.map((place) => place * this.features),
    }));
  }

  #join(index: number): Group {
    const joined: Group = { rows: 0, places: [] };
    this.#groups.set(index, joined);
    this.#share = Math.max(1, Math.floor(this.#capacity / this.#groups.size));
    for (const { places } of this.#groups.values()) {
      while (places.length > this.#share) {
        const chosen = this.#random.below(places.length);
        this.#free.push(places[chosen]);
        places[chosen] = places[places.length - 1];
        places.pop();
      }
    }
    return joined;
  }
}
