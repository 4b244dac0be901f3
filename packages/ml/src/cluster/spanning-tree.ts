import { createPacer } from "../pacer.ts";
import { findNeighbours } from "../space/find-neighbours.ts";

/** A tree that joins all rows, its shortest edges first. */
export interface SpanningTree {
  readonly rowCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distances: Float64Array;
  /** Per row: distance to the `minSamples`-th nearest row, itself counted. */
  readonly cores: Float64Array;
}

/**
 * The minimum spanning tree of mutual reachability distances: the distance of two rows, but at least the core distance
 * of either. Prim's algorithm; time grows with the square of the rows, memory does not.
 * @param values `rowCount × width`, row by row, finite
 */
export async function spanningTree(
  values: Float32Array,
  rowCount: number,
  width: number,
  minSamples: number,
  signal?: AbortSignal,
): Promise<SpanningTree> {
  const { count, squares } = await findNeighbours(values, rowCount, width, minSamples - 1, signal);
  const cores = Float64Array.from({ length: rowCount }, (_, row) =>
    count === 0 ? 0 : Math.sqrt(squares[(row + 1) * count - 1]),
  );
  const pacer = createPacer(signal);
  const edges = Math.max(0, rowCount - 1);
  const from = new Int32Array(edges);
  const to = new Int32Array(edges);
  const distances = new Float64Array(edges);
  const least = new Float64Array(rowCount).fill(Number.POSITIVE_INFINITY);
  const nearest = new Int32Array(rowCount);
  const outside = Int32Array.from({ length: edges }, (_, index) => index + 1);
  let row = 0;
  for (let edge = 0; edge < edges; edge++) {
    await pacer.giveWay();
    let best = 0;
    const remaining = edges - edge;
    for (let place = 0; place < remaining; place++) {
      const other = outside[place];
      const distance = Math.max(cores[row], cores[other], distanceBetween(values, row * width, other * width, width));
      if (distance < least[other]) {
        least[other] = distance;
        nearest[other] = row;
      }
      if (least[other] < least[outside[best]]) best = place;
    }
    row = outside[best];
    outside[best] = outside[remaining - 1];
    from[edge] = nearest[row];
    to[edge] = row;
    distances[edge] = least[row];
  }
  const order = Int32Array.from({ length: edges }, (_, edge) => edge).sort(
    (one, other) => distances[one] - distances[other] || one - other,
  );
  return {
    rowCount,
    from: order.map((edge) => from[edge]),
    to: order.map((edge) => to[edge]),
    distances: Float64Array.from(order, (edge) => distances[edge]),
    cores,
  };
}

function distanceBetween(values: Float32Array, one: number, other: number, width: number): number {
  let square = 0;
  for (let column = 0; column < width; column++) {
    const difference = values[one + column] - values[other + column];
    square += difference * difference;
  }
  return Math.sqrt(square);
}
