import type { NodeState } from "./node-state.ts";
import type { Surroundings } from "./surroundings.ts";

const statementBytes = 1_400;
const answerBytes = 5_200;
const patienceSeconds = 1;

/** CPU of the node, less what strangers take. `work` in statements per second, `most` when all of it is ours. */
export function advanceCpu(node: NodeState, at: Surroundings, work: number, most: number): void {
  node.cpuStolen = at.strain.cpuStolen;
  node.cpu.advance(work, most * at.capacity.cpu * (1 - at.strain.cpuStolen), at.step);
}

/** Disk accesses per second against an array that neighbours use too. */
export function advanceDisk(node: NodeState, at: Surroundings, accesses: number, most: number): void {
  const left = 1 - 0.35 * at.sharedDisk;
  node.disk.advance(accesses, (most * at.capacity.disk * left) / at.strain.diskSlowdown, at.step);
}

/** Messages per second over the node's link and its switch; lost packets are sent again. */
export function advanceNetwork(node: NodeState, at: Surroundings, messages: number, most: number): void {
  const { packetLoss, linkSeconds } = at.strain;
  const kept = 1 - packetLoss;
  const left = 1 - 0.2 * at.sharedNetwork;
  node.network.advance(messages / kept, most * at.capacity.network * left * kept, at.step);
  node.retransmits = (messages * (packetLoss + 0.0002)) / kept;
  // A message and its answer; a lost packet costs a retransmission time-out of 0.2 s.
  node.linkSeconds = 0.0005 + 2 * linkSeconds + 0.2 * packetLoss + node.network.seconds;
}

/** Memory, cache and page faults; `scan` as in the strain. */
export function advanceMemory(node: NodeState, at: Surroundings): void {
  const { memoryLost, scan } = at.strain;
  const target = Math.max(0.05, at.warmHitRatio * (1 - 0.75 * memoryLost ** 2) - 0.02 * (scan - 1));
  const settle = 1 - Math.exp(-at.step / 20);
  node.cacheHitRatio += settle * (target - node.cacheHitRatio);
  const inUse = 0.6 + 0.00002 * Math.min(5_000, node.connections) + 0.4 * memoryLost;
  node.memoryUsed += settle * (Math.min(0.995, inUse) - node.memoryUsed);
  node.pageFaults = 20 + 6_000 * Math.max(0, node.memoryUsed - 0.7) ** 2;
}

/** Little's law gives the connections; who waits too long gives up. */
export function finish(node: NodeState, arrivals: number, turnedAway: number): void {
  const late = 1 - Math.exp(-Math.max(0, node.latencySeconds - patienceSeconds) / 2);
  const share = arrivals > 0 ? Math.min(1, turnedAway / arrivals) : 0;
  node.errorShare = Math.min(0.95, 1 - (1 - late) * (1 - share));
  node.requests = arrivals * (1 - share);
  node.errors = arrivals * node.errorShare;
  node.connections = node.requests * Math.min(node.latencySeconds, 30);
  node.slowStatements = node.requests * Math.exp(-0.5 / Math.max(1e-4, node.latencySeconds));
  node.receivedBytes = node.requests * statementBytes;
  node.sentBytes = node.requests * answerBytes;
}

/** One step of a value that follows another slowly. */
export function follow(value: number, target: number, step: number, seconds: number): number {
  return value + (1 - Math.exp(-step / seconds)) * (target - value);
}
