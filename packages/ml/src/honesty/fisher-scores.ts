/**
 * Fisher score per column: the variance of the class means over the mean variance within the classes, each class
 * weighing the same (R. O. Duda, P. E. Hart, D. G. Stork, "Pattern classification", 2001).
 * @param values `labels.length × columnCount`, row by row, without gaps
 */
export function fisherScores(
  values: Float32Array,
  labels: Int32Array,
  columnCount: number,
  classCount: number,
): Float64Array {
  const rows = new Float64Array(classCount);
  const sums = new Float64Array(classCount * columnCount);
  const squares = new Float64Array(classCount * columnCount);
  for (const [row, label] of labels.entries()) {
    rows[label]++;
    for (let column = 0; column < columnCount; column++) {
      const value = values[row * columnCount + column];
      sums[label * columnCount + column] += value;
      squares[label * columnCount + column] += value * value;
    }
  }
  const occurring = [...rows.keys()].filter((index) => rows[index] > 0);
  return Float64Array.from({ length: columnCount }, (_, column) => {
    const means = occurring.map((index) => sums[index * columnCount + column] / rows[index]);
    const centre = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    let between = 0;
    let within = 0;
    for (const [place, index] of occurring.entries()) {
      between += (means[place] - centre) ** 2;
      within += Math.max(0, squares[index * columnCount + column] / rows[index] - means[place] ** 2);
    }
    return between / (within + 1e-9);
  });
}
