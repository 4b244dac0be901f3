import { Random } from "./random.ts";
import type { Topology } from "./topology.ts";

/**
 * Where the cluster runs: its hardware, its load and the scales of its monitoring. Seeds change what happens in an
 * environment; `shift` changes the environment itself, as another site, month or version does.
 */
export interface Environment {
  /** Mean statements per second of the whole cluster. */
  readonly requestsPerSecond: number;
  /** Per node: factor of the capacity of CPU, disk and network. */
  readonly capacity: readonly { readonly cpu: number; readonly disk: number; readonly network: number }[];
  /** Share of the statements that each shard gets; the sum is 1. */
  readonly shardShare: readonly number[];
  /** Hit ratio of a warm cache with all its memory. */
  readonly warmHitRatio: number;
  /** Bytes of one node's memory. */
  readonly memoryBytes: number;
  /** Factor of each KPI's reported number, in the order of the KPI list. */
  readonly reportScale: (kpi: number, node: number) => number;
}

/**
 * @param shift 0: the reference environment; 1: one as different as another site; the same number gives the same
 * environment
 * @throws RangeError where shift is outside 0…2
 */
export function createEnvironment(topology: Topology, shift = 0): Environment {
  if (!(shift >= 0 && shift <= 2)) throw new RangeError(`shift must be a number from 0 to 2, not ${shift}`);
  const random = new Random(20_231, Math.round(shift * 1_000));
  const factor = (spread: number) => Math.exp(shift * spread * random.normal());
  const shards = topology.nodes.filter((node) => node.role === "leader").length;
  const gateways = topology.nodes.filter((node) => node.role === "gateway").length;
  const requestsPerSecond = 1_200 * (shards / 3) * (1 + 0.15 * shift) * factor(0.08);
  const gatewayCapacity = ((shards / 3) * 2) / gateways;
  const capacity = topology.nodes.map((node) => ({
    cpu: (node.role === "gateway" ? gatewayCapacity : 1) * (1 + 0.2 * shift) * factor(0.1),
    disk: (1 + 0.1 * shift) * factor(0.15),
    network: (node.role === "gateway" ? gatewayCapacity : 1) * factor(0.2),
  }));
  const weights = Array.from({ length: shards }, (_, shard) => (1 + 0.1 * Math.cos(2.4 * shard)) * factor(0.1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kpiScales = Array.from({ length: 64 }, () => factor(0.12));
  const nodeScales = topology.nodes.map(() => factor(0.05));
  return {
    requestsPerSecond,
    capacity,
    shardShare: weights.map((weight) => weight / total),
    warmHitRatio: 0.95 - 0.03 * shift,
    memoryBytes: 64 * 2 ** 30 * factor(0.04),
    reportScale: (kpi, node) => (kpiScales[kpi] ?? 1) * (nodeScales[node] ?? 1),
  };
}
