/**
 * Counts rows by actual and predicted class index.
 * @returns `confusion[actual][predicted]`, `classCount × classCount`
 */
export function confusionMatrix(actual: Int32Array, predicted: Int32Array, classCount: number): number[][] {
  if (actual.length !== predicted.length) throw new RangeError("actual and predicted classes differ in number");
  const confusion = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (let row = 0; row < actual.length; row++) confusion[actual[row]][predicted[row]]++;
  return confusion;
}

/** Adds the counts of other rows to a matrix of the same classes. */
export function addConfusion(total: number[][], more: readonly (readonly number[])[]): void {
  for (const [actual, row] of more.entries()) {
    for (const [predicted, count] of row.entries()) total[actual][predicted] += count;
  }
}
