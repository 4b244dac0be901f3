import type { ClusterKpi } from "@systemhealer/ml/cluster/describe-clusters";

/**
 * A KPI that tells a group of rows apart: "cpu ↑ 62.1 (20)". Where both medians read the same an arrow would tell
 * nothing; the middle 90 % of the group are told instead: "retries 0 [0, 7] (0)".
 */
export function clusterKpi({ name, direction, median, low, high, restMedian }: Omit<ClusterKpi, "strength">): string {
  const [own, rest] = [short(median), short(restMedian)];
  if (own === rest) return `${name} ${own} [${short(low)}, ${short(high)}] (${rest})`;
  return `${name} ${direction === "above" ? "↑" : "↓"} ${own} (${rest})`;
}

function short(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential();
}
