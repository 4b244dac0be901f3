import type { FeatureHistogram } from "@systemhealer/contract/histograms";
import type { Series } from "./curve-series.ts";

export interface HistogramClass {
  /** null: rows without a class. */
  readonly name: string | null;
  /** Rows of the sample that the counts are of. */
  readonly sampled: number;
}

/**
 * One line per class: over the middle of each bin, which share of the class's sampled rows lies in it (per cent). On a
 * logarithmic scale the middle is the geometric one.
 *
 * @param noName what stands for rows without a class
 */
export function histogramLines(
  { edges, counts, scale }: Pick<FeatureHistogram, "edges" | "counts" | "scale">,
  classes: readonly HistogramClass[],
  noName: string,
): Series[] {
  return classes.flatMap(({ name, sampled }, index) => {
    const bins = counts[index] ?? [];
    if (sampled === 0 || edges.length < 2) return [];
    const data = bins.map((rows, bin) => {
      const [low, high] = [edges[bin]!, edges[bin + 1]!];
      const x = scale === "log" ? Math.sqrt(low * high) : (low + high) / 2;
      return { x, y: (100 * rows) / sampled };
    });
    return [{ id: name ?? noName, data }];
  });
}

/** Share of sampled rows, over all classes, that are gaps. */
export function gapShare({ gaps }: Pick<FeatureHistogram, "gaps">, classes: readonly HistogramClass[]): number {
  const rows = classes.reduce((sum, { sampled }) => sum + sampled, 0);
  return rows === 0 ? 0 : gaps.reduce((sum, count) => sum + count, 0) / rows;
}
