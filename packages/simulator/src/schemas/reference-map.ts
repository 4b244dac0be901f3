import { kpis } from "../kpis.ts";
import { createTopology, type NodeRole, referenceTopology } from "../topology.ts";

/**
 * What stands behind each of the reference schema's anonymous columns. The map is fixed: it depends on no seed and
 * no option.
 *
 * - `level`: the KPI times `scale`.
 * - `change`: the KPI less its value at the scene's sample before (10 s), times `scale`; it goes negative.
 * - `constant`: always 0, as counters of unused features are.
 */
export type ReferenceFeature =
  | {
      readonly name: string;
      readonly kind: "level" | "change";
      readonly node: string;
      readonly kpi: string;
      readonly scale: number;
      /** Whether the column can have gaps. */
      readonly gaps: boolean;
    }
  | { readonly name: string; readonly kind: "constant" };

export const referenceFeatureCount = 107;
const constantColumns = [19, 46, 83];
/** Columns are dealt out in strides, so that the KPIs of a node do not stand together. */
const stride = 41;

/** A KPI with a minus is exported as its change. */
const exported: Readonly<Record<NodeRole, readonly string[]>> = {
  gateway: [
    "cpu_utilisation",
    "-load_average",
    "-memory_used_bytes",
    "network_received_bytes_per_second",
    "-network_sent_bytes_per_second",
    "network_round_trip_milliseconds",
    "network_retransmits_per_second",
    "latency_milliseconds",
    "-connections",
    "errors_per_second",
  ],
  leader: [
    "cpu_utilisation",
    "load_average",
    "memory_used_bytes",
    "-page_faults_per_second",
    "-network_received_bytes_per_second",
    "network_round_trip_milliseconds",
    "-requests_per_second",
    "latency_milliseconds",
    "-connections",
    "cache_hit_ratio",
    "disk_utilisation",
    "-disk_read_bytes_per_second",
    "rows_read_per_second",
    "lock_waiters",
    "deadlocks_per_second",
    "acknowledge_wait_milliseconds",
  ],
  follower: [
    "cpu_utilisation",
    "-cpu_queue_milliseconds",
    "memory_used_bytes",
    "network_sent_bytes_per_second",
    "network_retransmits_per_second",
    "-latency_milliseconds",
    "cache_hit_ratio",
    "disk_latency_milliseconds",
    "-disk_written_bytes_per_second",
    "replication_lag_seconds",
    "-replication_backlog_records",
    "replication_applied_per_second",
  ],
};

/** Powers of ten that the exporters' units differ by. */
const unitPowers = [0, -3, 2, 6, -1, 4, 1, 7, -2, 3, 0, 5, -4];
const bytesPower = 6;

export const referenceFeatures: readonly ReferenceFeature[] = dealOut();

function dealOut(): ReferenceFeature[] {
  const features: ReferenceFeature[] = [];
  for (const column of constantColumns) features[column] = { name: `feature${column}`, kind: "constant" };
  let position = 0;
  let dealt = 0;
  for (const node of createTopology(referenceTopology).nodes) {
    for (const entry of exported[node.role]) {
      let column: number;
      do column = (position++ * stride) % referenceFeatureCount;
      while (constantColumns.includes(column));
      const change = entry.startsWith("-");
      const kpi = change ? entry.slice(1) : entry;
      const known = kpis.find(({ name, roles }) => name === kpi && roles.includes(node.role));
      if (!known) throw new Error(`no KPI ${kpi} at a ${node.role}`);
      const power = kpi === "memory_used_bytes" ? bytesPower : unitPowers[dealt % unitPowers.length]!;
      features[column] = {
        name: `feature${column}`,
        kind: change ? "change" : "level",
        node: node.name,
        kpi,
        // A factor that is no power of ten, since vendors count in ticks, pages and sectors.
        scale: Number(`1e${power}`) * (1 + 0.37 * (dealt % 5)) * (dealt % 11 === 10 ? -1 : 1),
        gaps: dealt % 7 !== 0 && dealt % 7 !== 3,
      };
      dealt++;
    }
  }
  return features;
}
