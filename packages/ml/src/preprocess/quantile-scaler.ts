import { addRow, type ColumnStep } from "./column-step.ts";
import { quantile } from "./quantile.ts";

const knotCount = 33;
/** Shares of the rows beyond which a normal score does not go on. */
const leastShare = 1e-3;

/** A line through knots: `places` rise; the last ones repeat where a column has fewer knots than others. */
export interface KnotLine {
  readonly places: Float64Array;
  readonly heights: Float64Array;
}

/**
 * Quantiles of a column and what they are mapped to: their share itself, −1 to 1, or the normal score of the share.
 * Where several quantiles are one value, it is mapped to the mean of theirs.
 * @param sorted in rising order, at least one
 */
export function fitKnots(sorted: Float64Array, target: "uniform" | "normal"): KnotLine {
  const places: number[] = [];
  const shares: number[][] = [];
  for (let knot = 0; knot < knotCount; knot++) {
    const share = knot / (knotCount - 1);
    const place = quantile(sorted, share);
    if (places.length === 0 || place > places[places.length - 1]) {
      places.push(place);
      shares.push([share]);
    } else shares[shares.length - 1].push(share);
  }
  const heights = shares.map((equal) => {
    const share = equal.reduce((total, one) => total + one, 0) / equal.length;
    return target === "uniform" ? 2 * share - 1 : normalScore(Math.min(Math.max(share, leastShare), 1 - leastShare));
  });
  const last = places.length - 1;
  return {
    places: Float64Array.from({ length: knotCount }, (_, knot) => places[Math.min(knot, last)]),
    heights: Float64Array.from({ length: knotCount }, (_, knot) => heights[Math.min(knot, last)]),
  };
}

/**
 * Maps each column along its line, flat beyond its ends.
 * @param lines per column
 */
export function createQuantileScaler(lines: readonly KnotLine[]): ColumnStep {
  const row = (value: (line: KnotLine) => number) => Float64Array.from(lines, value);
  const first = row(({ heights }) => heights[0]);
  const segments = Array.from({ length: knotCount - 1 }, (_, knot) => ({
    starts: row(({ places }) => places[knot]),
    widths: row(({ places }) => places[knot + 1] - places[knot] || 1),
    rises: row(({ heights }) => heights[knot + 1] - heights[knot]),
  }));
  return {
    apply(value, column) {
      let height = first[column];
      for (const { starts, widths, rises } of segments) {
        const share = (value - starts[column]) / widths[column];
        height += Math.min(Math.max(share, 0), 1) * rises[column];
      }
      return height;
    },
    addTo(graph, input) {
      let height = addRow(graph, "height", first);
      for (const { starts, widths, rises } of segments) {
        const above = graph.addNode("Sub", [input, addRow(graph, "knot", starts)]);
        const share = graph.addNode("Div", [above, addRow(graph, "width", widths)]);
        const inside = graph.addNode("Clip", [share, graph.addScalar("float64", 0), graph.addScalar("float64", 1)]);
        height = graph.addNode("Add", [height, graph.addNode("Mul", [inside, addRow(graph, "rise", rises)])]);
      }
      return height;
    },
  };
}

/**
 * The inverse of the standard normal distribution by rational approximation, off by less than 4.5e-4 (M. Abramowitz,
 * I. Stegun, "Handbook of Mathematical Functions", 1964, 26.2.23).
 * @param share above 0 and below 1
 */
function normalScore(share: number): number {
  if (share === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const numerator = 2.515517 + 0.802853 * t + 0.010328 * t ** 2;
  const denominator = 1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3;
  const score = t - numerator / denominator;
  return share < 0.5 ? -score : score;
}
