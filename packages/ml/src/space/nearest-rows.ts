/**
 * Finds the rows nearest to a point. Rows are held in the order of their first coordinate, and the search goes outwards
 * from the point's place in it until that coordinate alone is too far; so it is quick where the first coordinates vary
 * most, as principal components do.
 */
export class NearestRows {
  readonly #width: number;
  readonly #count: number;
  /** Row by row, in rising order of the first coordinate. */
  readonly #values: Float32Array;
  /** Row number per place in that order. */
  readonly #rows: Int32Array;

  /** @param values `rowCount × width`, row by row, finite; copied */
  constructor(values: Float32Array, rowCount: number, width: number) {
    this.#width = width;
    this.#count = rowCount;
    this.#rows = Int32Array.from({ length: rowCount }, (_, row) => row).sort(
      (one, other) => values[one * width] - values[other * width] || one - other,
    );
    this.#values = new Float32Array(rowCount * width);
    for (let place = 0; place < rowCount; place++) {
      const row = this.#rows[place];
      this.#values.set(values.subarray(row * width, (row + 1) * width), place * width);
    }
  }

  /**
   * @param point coordinates from `offset`
   * @param rows takes the numbers of the nearest rows, the nearest first; its length says how many are wanted
   * @param squares takes their squared distances
   * @param except a row that is passed over; default none
   * @returns how many were found
   */
  search(point: Float32Array, offset: number, rows: Int32Array, squares: Float64Array, except = -1): number {
    const width = this.#width;
    const wanted = rows.length;
    const x = point[offset];
    let above = width === 0 ? 0 : this.#firstNotBelow(x);
    let below = above - 1;
    let found = 0;
    let worst = Number.POSITIVE_INFINITY;
    while (below >= 0 || above < this.#count) {
      const down = below >= 0 ? x - this.#values[below * width] : Number.POSITIVE_INFINITY;
      const up = above < this.#count ? this.#values[above * width] - x : Number.POSITIVE_INFINITY;
      const place = up <= down || below < 0 ? above++ : below--;
      const step = Math.min(up, down);
      if (step * step >= worst) break;
      if (this.#rows[place] === except) continue;
      const square = this.#squareWithin(point, offset, place, worst);
      if (square >= worst) continue;
      let slot = found < wanted ? found++ : wanted - 1;
      for (; slot > 0 && squares[slot - 1] > square; slot--) {
        squares[slot] = squares[slot - 1];
        rows[slot] = rows[slot - 1];
      }
      squares[slot] = square;
      rows[slot] = this.#rows[place];
      if (found === wanted) worst = squares[wanted - 1];
    }
    return found;
  }

  #firstNotBelow(x: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#values[middle * this.#width] < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The squared distance, or any number not less than `limit` where it is not less. */
  #squareWithin(point: Float32Array, offset: number, place: number, limit: number): number {
    const width = this.#width;
    const values = this.#values;
    let at = place * width;
    let sum = 0;
    for (let column = 0; column < width; column++, at++) {
      const difference = values[at] - point[offset + column];
      sum += difference * difference;
      if ((column & 3) === 3 && sum >= limit) return sum;
    }
    return sum;
  }
}

export interface Neighbours {
  /** Of each row. */
  readonly count: number;
  /** `rowCount × count` row numbers, the nearest first, without the row itself. */
  readonly rows: Int32Array;
  /** As many squared distances. */
  readonly squares: Float64Array;
}
