import type { DiagnosisSummary } from "@systemhealer/ml/diagnose/diagnosis-summary";
import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatCount, formatShare } from "./units.ts";

const mostNodes = 20;
const mostKpis = 3;

/**
 * How many rows stray, and whether each node's KPIs are within their normal ranges.
 * @param isKnownNormal whether the ranges come from rows that are normal for sure
 */
export function anomalyLines(
  output: Output,
  rows: number,
  { anomalies, health }: Pick<DiagnosisSummary, "anomalies" | "health">,
  isKnownNormal = true,
): string[] {
  if (!anomalies || !health) return [];
  const lines = [
    output.text("anomaly-rows", {
      rows: formatCount(anomalies.rows),
      share: formatShare(anomalies.rows / rows),
      chance: formatShare(anomalies.chanceShare),
      threshold: anomalies.threshold,
      expected: anomalies.expectedKpis.toFixed(1),
    }),
  ];
  const figures = {
    kpis: health.kpis,
    inside: formatShare(health.insideShare),
    expected: formatShare(health.expectedShare),
    nodes: health.nodes.length,
    healthy: health.healthyNodes,
  };
  const named = health.nodes.some(({ node }) => node !== null);
  const all = health.healthyNodes === health.nodes.length;
  // Ranges of the very rows that are looked at hold nearly all of them.
  if (!named && !isKnownNormal) return lines;
  if (!named) {
    const outside = health.nodes.reduce((most, node) => Math.max(most, node.outsideKpis), 0);
    lines.push(output.text(outside === 0 ? "health-file" : "health-stray-file", { ...figures, outside }));
    if (outside === 0) return lines;
  } else lines.push(output.text(all ? "health-nodes" : "health-stray", figures));
  const sick = health.nodes.toSorted((one, other) => Number(one.healthy) - Number(other.healthy));
  const header = (["node", "rows", "anomalous", "inside", "outside"] as const).map((name) =>
    output.text(`column-${name}`),
  );
  lines.push(
    formatTable(
      header,
      sick.slice(0, mostNodes).map(({ node, rows: own, anomalousRows, insideShare, healthy, outside, outsideKpis }) => {
        const kpis = outside
          .slice(0, mostKpis)
          .map(({ name, direction, share }) => `${name} ${direction === "above" ? "↑" : "↓"} ${formatShare(share)}`);
        const more = outsideKpis > mostKpis ? ` … (${outsideKpis})` : "";
        const words =
          kpis.length > 0 ? `${kpis.join(", ")}${more}` : output.text(healthy ? "health-none" : "health-rows");
        return [node ?? output.text("health-all"), own, anomalousRows, formatShare(insideShare), words];
      }),
    ),
  );
  if (sick.length > mostNodes) lines.push(`… (${sick.length})`);
  return lines;
}
