import type { Samples } from "../../learner.ts";

/** Of the normal distribution: a column whose gaps are silent is taken for one whose gaps tell something once in a hundred. */
const limit = 2.326;

/**
 * Which columns have gaps that tell nothing of the class beyond chance, by Pearson's χ² of gaps against classes, or no
 * gaps at all. What gains more with gaps on one side of a split is then chance, and learned by heart.
 * @param samples NaN is a gap
 * @returns 1 or 0 per column
 */
export function silentGaps({ rowCount, columnCount, classCount, values, labels }: Samples): Uint8Array {
  const gaps = new Int32Array(columnCount * classCount);
  const classRows = new Int32Array(classCount);
  for (let row = 0; row < rowCount; row++) {
    const label = labels[row];
    classRows[label]++;
    const start = row * columnCount;
    for (let column = 0; column < columnCount; column++) {
      if (Number.isNaN(values[start + column])) gaps[column * classCount + label]++;
    }
  }
  return Uint8Array.from({ length: columnCount }, (_, column) =>
    isSilent(gaps.subarray(column * classCount, (column + 1) * classCount), classRows, rowCount) ? 1 : 0,
  );
}

function isSilent(gaps: Int32Array, classRows: Int32Array, rowCount: number): boolean {
  const share = gaps.reduce((sum, count) => sum + count, 0) / rowCount;
  if (share === 0 || share === 1) return true;
  let sum = 0;
  let classes = 0;
  for (const [label, count] of gaps.entries()) {
    if (classRows[label] === 0) continue;
    classes++;
    sum += (count - share * classRows[label]) ** 2 / (share * (1 - share) * classRows[label]);
  }
  return classes < 2 || normalOfChiSquared(sum, classes - 1) < limit;
}

/** E. B. Wilson and M. M. Hilferty, "The distribution of chi-square", 1931. */
function normalOfChiSquared(value: number, freedom: number): number {
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(value / freedom) - (1 - spread)) / Math.sqrt(spread);
}
