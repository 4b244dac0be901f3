import type { NormalRange } from "../honesty/normal-ranges.ts";
import type { KpiContribution } from "./explanation.ts";

/** A contribution with where its KPI lies. */
export function describeKpi(
  name: string,
  value: number,
  contribution: number,
  range: NormalRange | undefined,
): KpiContribution {
  const isGap = Number.isNaN(value);
  const told = { name, value: isGap ? null : value, contribution };
  if (!range) return isGap ? { ...told, direction: "gap" } : told;
  const { low, high } = range;
  return { ...told, low, high, direction: isGap ? "gap" : directionOf(value, range) };
}

function directionOf(value: number, { low, high }: NormalRange): "above" | "below" | "within" {
  if (value > high) return "above";
  return value < low ? "below" : "within";
}
