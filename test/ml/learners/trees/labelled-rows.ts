import type { Samples } from "../../../../packages/ml/src/learners/learner.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

export interface LabelledRowsOptions {
  readonly rowCount: number;
  readonly columnCount?: number;
  readonly classCount?: number;
  readonly seed?: number;
  readonly gapShare?: number;
  /** Distance of the classes' centres. */
  readonly distance?: number;
}

/** Rows around one centre per class in some columns; the others are noise, constant, all gaps, or of huge magnitude. */
export function labelledRows({
  rowCount,
  columnCount = 12,
  classCount = 3,
  seed = 1,
  gapShare = 0.1,
  distance = 1.5,
}: LabelledRowsOptions): Samples {
  const centres = createRandom(77);
  const centre = Float32Array.from({ length: classCount * columnCount }, () => distance * normal(centres));
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: rowCount }, () => random.below(classCount));
  const values = new Float32Array(rowCount * columnCount);
  for (let row = 0; row < rowCount; row++) {
    for (let column = 0; column < columnCount; column++) {
      const place = row * columnCount + column;
      const signal = centre[labels[row] * columnCount + column] + normal(random);
      if (column === columnCount - 1) values[place] = 5;
      else if (column === columnCount - 2) values[place] = Number.NaN;
      else if (random.uniform() < gapShare) values[place] = Number.NaN;
      else if (column === 0) values[place] = 1e17 * signal;
      else if (column === 1) values[place] = Math.round(signal);
      else values[place] = column % 2 === 0 ? signal : normal(random);
    }
  }
  return { rowCount, columnCount, classCount, values, labels, weights: new Float32Array(rowCount).fill(1) };
}

export function noRows(like: Samples): Samples {
  return {
    ...like,
    rowCount: 0,
    values: new Float32Array(0),
    labels: new Int32Array(0),
    weights: new Float32Array(0),
  };
}
