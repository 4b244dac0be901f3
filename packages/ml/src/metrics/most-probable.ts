/**
 * The most probable class of each row; of equals the first.
 * @param probabilities `rows × classCount`, row by row
 */
export function mostProbable(probabilities: Float32Array, classCount: number): Int32Array {
  const classes = new Int32Array(probabilities.length / classCount);
  for (let row = 0; row < classes.length; row++) {
    const offset = row * classCount;
    let best = 0;
    for (let index = 1; index < classCount; index++) {
      if (probabilities[offset + index] > probabilities[offset + best]) best = index;
    }
    classes[row] = best;
  }
  return classes;
}
