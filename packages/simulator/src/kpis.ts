import { stepSeconds } from "./cluster.ts";
import type { NodeState } from "./nodes/node-state.ts";
import type { Random } from "./random.ts";
import type { NodeRole } from "./topology.ts";

export interface Kpi {
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly NodeRole[];
  /** The true value, before measurement. */
  readonly read: (node: NodeState, memoryBytes: number) => number;
  /** How a monitor errs: `count` as a count of rare events, `share` towards 0 and `most`, `gauge` in proportion. */
  readonly error: "gauge" | "count" | "share";
  /** Relative error of a gauge or a share at noise 1. */
  readonly spread: number;
  /** Largest value of a share. */
  readonly most?: number;
}

const all: readonly NodeRole[] = ["gateway", "leader", "follower"];
const database: readonly NodeRole[] = ["leader", "follower"];

/** In the order of the columns of the long schema. */
export const kpis: readonly Kpi[] = [
  share("cpu_utilisation", "percent", all, (n) => 100 * n.cpuBusy, 100),
  gauge("load_average", "processes", all, (n) => Math.min(400, n.cpu.number) + 8 * n.cpuStolen, 0.1),
  gauge("cpu_queue_milliseconds", "ms", all, (n) => 1_000 * n.cpu.seconds, 0.08),
  gauge("memory_used_bytes", "bytes", all, (n, memory) => memory * n.memoryUsed, 0.015),
  count("page_faults_per_second", "1/s", all, (n) => n.pageFaults),
  gauge("network_received_bytes_per_second", "bytes/s", all, (n) => n.receivedBytes, 0.04),
  gauge("network_sent_bytes_per_second", "bytes/s", all, (n) => n.sentBytes, 0.04),
  gauge("network_round_trip_milliseconds", "ms", all, (n) => 1_000 * n.linkSeconds, 0.15),
  count("network_retransmits_per_second", "1/s", all, (n) => n.retransmits),
  count("requests_per_second", "1/s", all, (n) => n.requests),
  gauge("latency_milliseconds", "ms", all, (n) => 1_000 * n.latencySeconds, 0.06),
  gauge("connections", "connections", all, (n) => 40 + n.connections, 0.05),
  count("errors_per_second", "1/s", all, (n) => n.errors),
  share("cache_hit_ratio", "percent", database, (n) => 100 * n.cacheHitRatio, 100),
  share("disk_utilisation", "percent", database, (n) => 100 * n.disk.utilisation, 100),
  gauge("disk_latency_milliseconds", "ms", database, (n) => 1_000 * n.disk.seconds, 0.1),
  gauge("disk_read_bytes_per_second", "bytes/s", database, (n) => 16_384 * n.diskReads, 0.06),
  gauge("disk_written_bytes_per_second", "bytes/s", database, (n) => 16_384 * n.diskWrites, 0.06),
  gauge("rows_read_per_second", "1/s", database, (n) => n.rowsRead, 0.15),
  count("slow_statements_per_second", "1/s", database, (n) => n.slowStatements),
  gauge("lock_wait_milliseconds", "ms", ["leader"], (n) => 1_000 * n.locks.seconds, 0.12),
  gauge("lock_waiters", "sessions", ["leader"], (n) => n.locks.number, 0.12),
  count("deadlocks_per_second", "1/s", ["leader"], (n) => n.deadlocks),
  gauge("acknowledge_wait_milliseconds", "ms", ["leader"], (n) => 1_000 * n.awaitedSeconds, 0.1),
  gauge("replication_lag_seconds", "s", ["follower"], (n) => n.lagSeconds, 0.15),
  gauge("replication_backlog_records", "records", ["follower"], (n) => n.backlog, 0.05),
  gauge("replication_applied_per_second", "1/s", ["follower"], (n) => n.applied, 0.04),
];

/** Reads all KPIs of a node, as its monitor reports them, into `out` from `offset`; a role without a KPI gets NaN. */
export function measure(
  node: NodeState,
  role: NodeRole,
  memoryBytes: number,
  noise: number,
  random: Random,
  out: Float64Array,
  offset: number,
): void {
  for (let k = 0; k < kpis.length; k++) {
    const kpi = kpis[k]!;
    out[offset + k] = kpi.roles.includes(role) ? misread(kpi, kpi.read(node, memoryBytes), noise, random) : Number.NaN;
  }
}

function misread(kpi: Kpi, value: number, noise: number, random: Random): number {
  if (noise === 0) return value;
  if (kpi.error === "count") {
    // A monitor counts events over one step; noise above 1 widens the count's own spread.
    const events = random.poisson(value * stepSeconds);
    return Math.max(0, value + noise * (events / stepSeconds - value));
  }
  if (kpi.error === "gauge") return value * Math.exp(noise * kpi.spread * random.normal());
  const most = kpi.most!;
  const room = 4 * value * (1 - value / most);
  return Math.min(most, Math.max(0, value + noise * kpi.spread * room * random.normal()));
}

function gauge(name: string, unit: string, roles: readonly NodeRole[], read: Kpi["read"], spread: number): Kpi {
  return { name, unit, roles, read, error: "gauge", spread };
}

function count(name: string, unit: string, roles: readonly NodeRole[], read: Kpi["read"]): Kpi {
  return { name, unit, roles, read, error: "count", spread: 1 };
}

function share(name: string, unit: string, roles: readonly NodeRole[], read: Kpi["read"], most: number): Kpi {
  return { name, unit, roles, read, error: "share", spread: 0.06, most };
}
