import { kpis } from "../kpis.ts";
import type { ResolvedOptions } from "../options.ts";
import { Random } from "../random.ts";
import { createTopology, type TopologyOptions } from "../topology.ts";
import { Gaps, numberCell } from "./cells.ts";
import { moments } from "./timeline.ts";

/** Rows `sample_id, time, <node>.<KPI> …, label`, one per moment; the label is the fault anywhere in the cluster. */
export function* wideRows(options: ResolvedOptions): Generator<string> {
  const columns = wideColumns(options.topology);
  const gaps = new Gaps(new Random(options.seed, 1_000_000_002), options.missingShare, 1);
  for (const moment of moments(options, createTopology(options.topology))) {
    let line = `${moment.index},${moment.time}`;
    for (const column of columns) line += gaps.next() ? "," : `,${numberCell(moment.values[column.from]!)}`;
    yield `${line},${moment.fault}\n`;
    if (moment.index + 1 === options.rows) return;
  }
}

export function wideHeader(topology: TopologyOptions): string {
  return `sample_id,time,${wideColumns(topology)
    .map((column) => column.name)
    .join(",")},label\n`;
}

function wideColumns(options: TopologyOptions): { name: string; from: number }[] {
  return createTopology(options).nodes.flatMap((node, n) =>
    kpis.flatMap((kpi, k) =>
      kpi.roles.includes(node.role) ? [{ name: `${node.name}.${kpi.name}`, from: n * kpis.length + k }] : [],
    ),
  );
}
