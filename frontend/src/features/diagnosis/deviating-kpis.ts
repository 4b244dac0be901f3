import type { RowDiagnosis } from "@systemhealer/contract/diagnosis";

/** A KPI of a row that is outside its normal range, or far from its mean. */
export interface DeviatingKpi {
  readonly name: string;
  readonly value: number;
  readonly direction: "above" | "below";
  /** Standard deviations from the mean of normal rows. */
  readonly z?: number;
  /** Normal range; only of a KPI that is outside it. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Mean and standard deviation of normal rows; only of a KPI beyond the threshold. */
  readonly moments?: { readonly mean: number; readonly deviation: number };
}

const mostKpis = 15;

/** The furthest by their z-scores first. */
export function deviatingKpis({ anomaly, outOfRange = [] }: Pick<RowDiagnosis, "anomaly" | "outOfRange">) {
  const found = new Map<string, DeviatingKpi>();
  for (const { name, value, z, mean, standardDeviation } of anomaly?.kpis ?? []) {
    const moments = { mean, deviation: standardDeviation };
    found.set(name, { name, value, direction: z > 0 ? "above" : "below", z, moments });
  }
  for (const { name, value, direction, low, high, z } of outOfRange) {
    const known = found.get(name);
    found.set(name, { name, value, direction, range: { low, high }, ...(z !== undefined && { z }), ...known });
  }
  return [...found.values()].sort((one, other) => Math.abs(other.z ?? 0) - Math.abs(one.z ?? 0)).slice(0, mostKpis);
}
