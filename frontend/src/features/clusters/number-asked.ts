import { mostClusters } from "@systemhealer/contract/clusters";

export const fewestAsked = 1;
export const mostAsked = mostClusters;

/** The number of groups that a line asks for; undefined where it is none that may be asked for. */
export function numberAsked(line: string): number | undefined {
  const text = line.trim();
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= fewestAsked && value <= mostAsked ? value : undefined;
}
