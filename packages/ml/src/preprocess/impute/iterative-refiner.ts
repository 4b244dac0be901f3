import { createPacer } from "../../pacer.ts";
import { hold } from "../hold.ts";
import type { FilledRows, GapRefiner } from "./gap-refiner.ts";
import { invertPositiveDefinite } from "./invert.ts";

export const mostIterativeColumns = 256;
const rounds = 3;
/** Added to each variance, so that few rows or twin columns do not break the regressions; scaled columns have about 1. */
const ridge = 0.1;

/**
 * Iterative imputation by linear regression: three rounds in which every gap is estimated from all other columns of its
 * row, gaps of that row with their last estimate. Ridge regressions of each column on all others, all of them read from
 * one inverse covariance matrix; fitted in three rounds too (after S. van Buuren, K. Groothuis-Oudshoorn, "mice", 2011,
 * and as there without the label; unlike there all columns move at once, and nothing is drawn by chance).
 * @param rows at most `mostIterativeColumns` wide
 * @param limit estimates are held within ± this
 */
export async function fitIterativeRefiner(rows: FilledRows, limit: number, signal?: AbortSignal): Promise<GapRefiner> {
  const { rowCount, columnCount, gaps } = rows;
  const values = rows.values.slice();
  const pacer = createPacer(signal);
  let lines: Lines = { slopes: new Float64Array(columnCount ** 2), intercepts: new Float64Array(columnCount) };
  for (let round = 0; round < rounds; round++) {
    const means = new Float64Array(columnCount);
    const covariance = new Float64Array(columnCount ** 2);
    for (let row = 0; row < rowCount; row++) {
      for (let column = 0; column < columnCount; column++)
        means[column] += values[row * columnCount + column] / rowCount;
    }
    for (let row = 0; row < rowCount; row++) {
      await pacer.giveWay();
      const offset = row * columnCount;
      for (let one = 0; one < columnCount; one++) {
        const deviation = (values[offset + one] - means[one]) / rowCount;
        for (let other = 0; other < columnCount; other++) {
          covariance[one * columnCount + other] += deviation * (values[offset + other] - means[other]);
        }
      }
    }
    for (let column = 0; column < columnCount; column++) covariance[column * columnCount + column] += ridge;
    lines = regressions(invertPositiveDefinite(covariance, columnCount), means);
    const refiner = createIterativeRefiner(lines, columnCount, limit, 1);
    for (let row = 0; row < rowCount; row++) {
      await pacer.giveWay();
      const cells = [row * columnCount, (row + 1) * columnCount] as const;
      refiner.refine(values.subarray(...cells), gaps.subarray(...cells));
    }
  }
  return createIterativeRefiner(lines, columnCount, limit, rounds);
}

interface Lines {
  /** `[from, to]`; 0 on the diagonal. */
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

/** The regression of each column on all others, from the inverse covariance matrix. */
function regressions(precision: Float64Array, means: Float64Array): Lines {
  const width = means.length;
  const slopes = new Float64Array(width ** 2);
  const intercepts = means.slice();
  for (let from = 0; from < width; from++) {
    for (let to = 0; to < width; to++) {
      if (from === to) continue;
      const slope = -precision[from * width + to] / precision[to * width + to];
      slopes[from * width + to] = slope;
      intercepts[to] -= slope * means[from];
    }
  }
  return { slopes, intercepts };
}

function createIterativeRefiner(
  { slopes, intercepts }: Lines,
  width: number,
  limit: number,
  roundCount: number,
): GapRefiner {
  const estimates = new Float64Array(width);
  return {
    refine(row, gaps) {
      if (!gaps.includes(1)) return;
      for (let round = 0; round < roundCount; round++) {
        estimates.set(intercepts);
        for (let from = 0; from < width; from++) {
          for (let to = 0; to < width; to++) estimates[to] += row[from] * slopes[from * width + to];
        }
        for (let column = 0; column < width; column++) {
          if (gaps[column]) row[column] = hold(estimates[column], limit);
        }
      }
    },
    addTo(graph, values, gaps) {
      const slopeTable = graph.addConstant("slopes", { type: "float64", dims: [width, width], data: slopes });
      const intercept = graph.addConstant("intercepts", { type: "float64", dims: [1, width], data: intercepts });
      const limits = [graph.addScalar("float64", -limit), graph.addScalar("float64", limit)];
      let current = values;
      for (let round = 0; round < roundCount; round++) {
        const product = graph.addNode("MatMul", [current, slopeTable]);
        const estimate = graph.addNode("Clip", [graph.addNode("Add", [product, intercept]), ...limits]);
        current = graph.addNode("Where", [gaps, estimate, current]);
      }
      return current;
    },
  };
}
