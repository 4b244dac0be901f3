/**
 * A weight per row. `balanced`: rows / (classes × rows of the class), so that every class that occurs weighs the same
 * and the mean is 1; `square-root`: half way, proportional to the square root of that; `none`: 1,
 * and so `auto` where no candidate of a comparison has put its own way in the place of it.
 * @param labels class index per row
 */
export function classWeights(
  labels: Int32Array,
  classCount: number,
  kind: "auto" | "balanced" | "square-root" | "none",
): Float32Array {
  if (kind === "none" || kind === "auto") return new Float32Array(labels.length).fill(1);
  const counts = new Int32Array(classCount);
  for (const label of labels) counts[label]++;
  const occurring = counts.filter((count) => count > 0).length;
  const balanced = Float32Array.from(labels, (label) => labels.length / (occurring * counts[label]));
  if (kind === "balanced") return balanced;
  const roots = balanced.map(Math.sqrt);
  const mean = roots.reduce((total, root) => total + root, 0) / roots.length;
  return roots.map((root) => root / mean);
}
