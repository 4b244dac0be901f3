/**
 * Softmax of linear scores, summed in float64.
 * @param parameters weights `[columnCount, classCount]`, row by row, then an intercept per class
 * @param values `rowCount × columnCount`, row by row
 * @returns `rowCount × classCount`, row by row
 */
export function linearProbabilities(
  parameters: Float32Array,
  columnCount: number,
  classCount: number,
  values: Float32Array,
  rowCount: number,
): Float32Array {
  const probabilities = new Float32Array(rowCount * classCount);
  const scores = new Float64Array(classCount);
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < classCount; index++) scores[index] = parameters[columnCount * classCount + index];
    for (let column = 0; column < columnCount; column++) {
      const value = values[row * columnCount + column];
      if (value === 0) continue;
      for (let index = 0; index < classCount; index++) scores[index] += value * parameters[column * classCount + index];
    }
    let largest = scores[0];
    for (const score of scores) largest = Math.max(largest, score);
    let total = 0;
    for (let index = 0; index < classCount; index++) {
      scores[index] = Math.exp(scores[index] - largest);
      total += scores[index];
    }
    for (let index = 0; index < classCount; index++) probabilities[row * classCount + index] = scores[index] / total;
  }
  return probabilities;
}
