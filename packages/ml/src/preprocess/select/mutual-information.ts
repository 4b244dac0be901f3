import type { BinnedColumn } from "./binned-column.ts";

/**
 * Mutual information of a binned column and the class, in nats, from the shares of the rows.
 * @param labels class index per row
 */
export function mutualInformation({ bins, binCount }: BinnedColumn, labels: Int32Array, classCount: number): number {
  const counts = new Float64Array(binCount * classCount);
  const perBin = new Float64Array(binCount);
  const perClass = new Float64Array(classCount);
  for (let row = 0; row < labels.length; row++) {
    counts[bins[row] * classCount + labels[row]]++;
    perBin[bins[row]]++;
    perClass[labels[row]]++;
  }
  let information = 0;
  for (let bin = 0; bin < binCount; bin++) {
    for (let index = 0; index < classCount; index++) {
      const count = counts[bin * classCount + index];
      if (count > 0) information += count * Math.log((count * labels.length) / (perBin[bin] * perClass[index]));
    }
  }
  return labels.length === 0 ? 0 : Math.max(0, information / labels.length);
}
