import { quantile } from "../preprocess/quantile.ts";

/** Centre and spread that bring the parts of a score to one scale. */
export interface PartScale {
  readonly centre: number;
  readonly spread: number;
}

/** Median and interquartile range. */
export function scaleOf(part: Float64Array): PartScale {
  const sorted = part.slice().sort();
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { centre: quantile(sorted, 0.5), spread: spread > 1e-9 ? spread : 1 };
}
