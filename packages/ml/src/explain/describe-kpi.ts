import type { NormalRange } from "../honesty/normal-ranges.ts";
import type { KpiContribution } from "./explanation.ts";

/**
 * A contribution with where its KPI lies.
 * @param z standard deviations from the mean of normal rows; NaN or left out where there is none
 */
export function describeKpi(
  name: string,
  value: number,
  contribution: number,
  range: NormalRange | undefined,
  z?: number,
): KpiContribution {
  const isGap = Number.isNaN(value);
  const deviation = z === undefined || Number.isNaN(z) ? {} : { z };
  const told = { name, value: isGap ? null : value, contribution, ...deviation };
  if (!range) return isGap ? { ...told, direction: "gap" } : told;
  const { low, high } = range;
  return { ...told, low, high, direction: isGap ? "gap" : directionOf(value, range) };
}

function directionOf(value: number, { low, high }: NormalRange): "above" | "below" | "within" {
  if (value > high) return "above";
  return value < low ? "below" : "within";
}
