/** @param margins `rows × classCount`, row by row */
export function softmaxRows(margins: Float64Array, classCount: number): Float32Array {
  const probabilities = new Float32Array(margins.length);
  for (let start = 0; start < margins.length; start += classCount) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let at = start; at < start + classCount; at++) largest = Math.max(largest, margins[at]);
    let sum = 0;
    for (let at = start; at < start + classCount; at++) sum += Math.exp(margins[at] - largest);
    for (let at = start; at < start + classCount; at++) probabilities[at] = Math.exp(margins[at] - largest) / sum;
  }
  return probabilities;
}
