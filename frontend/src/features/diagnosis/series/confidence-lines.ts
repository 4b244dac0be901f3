import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { HeatLine } from "../../../charts/heat-lines.ts";

/** Bands of confidence, in shares: 0 to 0.1, … 0.9 to 1. */
const confidenceBands = 10;

export interface ConfidenceHeat {
  readonly lines: readonly HeatLine[];
  /** First of the bands that any row is in; the ones below are left out. */
  readonly firstBand: number;
}

/** For each class, the share of its rows in each band of confidence. Classes without a row are left out. */
export function confidenceLines({ classes, points }: Pick<DiagnosisSample, "classes" | "points">): ConfidenceHeat {
  const counts = classes.map(() => new Array<number>(confidenceBands).fill(0));
  let firstBand = confidenceBands - 1;
  for (const { diagnosis, confidence } of points) {
    if (diagnosis < 0) continue;
    const band = bandOf(confidence);
    counts[diagnosis]![band]! += 1;
    firstBand = Math.min(firstBand, band);
  }
  const lines = classes.flatMap((label, index) => {
    const rows = counts[index]!.reduce((sum, count) => sum + count, 0);
    if (rows === 0) return [];
    return [{ label, values: counts[index]!.slice(firstBand).map((count) => count / rows) }];
  });
  return { lines, firstBand };
}

export function bandOf(confidence: number): number {
  return Math.min(confidenceBands - 1, Math.max(0, Math.floor(confidence * confidenceBands + 1e-9)));
}

/** "40 % – 50 %" and so on. */
export function bandNames(percent: (share: number) => string, firstBand: number): string[] {
  return Array.from({ length: confidenceBands - firstBand }, (_, index) => {
    const band = firstBand + index;
    return `${percent(band / confidenceBands)} – ${percent((band + 1) / confidenceBands)}`;
  });
}
