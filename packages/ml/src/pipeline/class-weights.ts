/**
 * A weight per row. `balanced`: rows / (classes × rows of the class), so that every class that occurs weighs the same
 * and the mean is 1; `none`: 1.
 * @param labels class index per row
 */
export function classWeights(labels: Int32Array, classCount: number, kind: "balanced" | "none"): Float32Array {
  if (kind === "none") return new Float32Array(labels.length).fill(1);
  const counts = new Int32Array(classCount);
  for (const label of labels) counts[label]++;
  const occurring = counts.filter((count) => count > 0).length;
  return Float32Array.from(labels, (label) => labels.length / (occurring * counts[label]));
}
