import { normalName } from "../faults.ts";
import { kpis } from "../kpis.ts";
import type { ResolvedOptions } from "../options.ts";
import { Random } from "../random.ts";
import { createTopology } from "../topology.ts";
import { Gaps, numberCell } from "./cells.ts";
import { moments } from "./timeline.ts";

/**
 * Rows `time, node, <KPIs>, label`, one per node and moment. The label is that of the node: the fault at the node
 * where it began, `normal` at all others. A KPI that a node's role does not have is an empty cell; `missingShare`
 * counts the other gaps, as a share of the KPIs that the node has.
 */
export function* longRows(options: ResolvedOptions): Generator<string> {
  const topology = createTopology(options.topology);
  const gaps = new Gaps(new Random(options.seed, 1_000_000_002), options.missingShare, 1);
  let row = 0;
  for (const moment of moments(options, topology)) {
    for (const [n, node] of topology.nodes.entries()) {
      let line = `${moment.time},${node.name}`;
      for (let k = 0; k < kpis.length; k++) {
        const value = moment.values[n * kpis.length + k]!;
        const gap = !Number.isNaN(value) && gaps.next();
        line += gap ? "," : `,${numberCell(value)}`;
      }
      yield `${line},${n === moment.origin ? moment.fault : normalName}\n`;
      if (++row === options.rows) return;
    }
  }
}

export function longHeader(): string {
  return `time,node,${kpis.map((kpi) => kpi.name).join(",")},label\n`;
}
