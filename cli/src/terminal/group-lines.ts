import type { Clustering } from "@systemhealer/ml/cluster/cluster-rows";
import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatScore, formatShare } from "./units.ts";

const mostGroups = 12;
const mostNodes = 40;
const mostKpis = 4;
const mostClusters = 3;

/** KPIs that move together, and nodes that behave alike. */
export function groupLines(output: Output, found: Pick<Clustering, "kpiGroups" | "nodeGroups">): string[] {
  return [...kpiLines(output, found.kpiGroups), ...(found.nodeGroups ? nodeLines(output, found.nodeGroups) : [])];
}

function kpiLines(output: Output, { groups, alone, leastCorrelation }: Clustering["kpiGroups"]): string[] {
  const correlation = leastCorrelation.toFixed(2);
  const figures = { groups: groups.length, alone: alone.length, correlation };
  if (groups.length === 0) return ["", output.text("groups-none", figures)];
  const header = (["group", "kpi-count", "strength", "members", "moves"] as const).map((name) =>
    output.text(`column-${name}`),
  );
  const rows = groups.slice(0, mostGroups).map(({ name, kpis, strength, moves }) => {
    const members = kpis.slice(0, mostKpis).map((kpi) => `${kpi.correlation < 0 ? "−" : ""}${kpi.name}`);
    const more = kpis.length > mostKpis ? ", …" : "";
    const clusters = moves.slice(0, mostClusters).map(({ cluster, shift }) => `${cluster} ${shift > 0 ? "↑" : "↓"}`);
    return [name, kpis.length, formatScore(strength), `${members.join(", ")}${more}`, clusters.join(", ")];
  });
  return ["", output.text("groups-kpis", figures), formatTable(header, rows)];
}

function nodeLines(output: Output, { nodes, groups }: NonNullable<Clustering["nodeGroups"]>): string[] {
  const header = (["group", "node", "rows", "clusters"] as const).map((name) => output.text(`column-${name}`));
  const rows = nodes
    .toSorted((one, other) => one.group - other.group)
    .slice(0, mostNodes)
    .map(({ name, rows: own, group, clusters }) => [
      group,
      name,
      own,
      clusters
        .slice(0, mostClusters)
        .map(({ cluster, share }) => `${cluster} (${formatShare(share)})`)
        .join(", "),
    ]);
  return ["", output.text("groups-nodes", { nodes: nodes.length, groups }), formatTable(header, rows)];
}
