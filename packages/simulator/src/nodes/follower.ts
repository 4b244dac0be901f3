import type { NodeState, Signals } from "./node-state.ts";
import { advanceCpu, advanceDisk, advanceMemory, advanceNetwork, finish } from "./parts.ts";
import type { Surroundings } from "./surroundings.ts";

const cpuStatementsPerSecond = 500;
const diskAccessesPerSecond = 520;
const networkMessagesPerSecond = 2_000;
const appliesPerSecond = 280;
const accessesPerMiss = 4;
const longestBacklog = 500_000;

/**
 * Keeps a copy of a shard and answers reads that may be a little old.
 * @param leader what it saw of its leader
 */
export function advanceFollower(node: NodeState, at: Surroundings, reads: number, leader: Signals): void {
  const { strain } = at;
  const logged = leader.committed;
  node.reads = reads;
  advanceMemory(node, at);

  const arrived = logged * (1 - 0.5 * strain.packetLoss);
  const cpuLeft = (1 - strain.cpuStolen) * (1 - 0.4 * node.cpu.utilisation);
  const speed = (appliesPerSecond * strain.apply * cpuLeft * at.capacity.cpu) / strain.diskSlowdown ** 0.7;
  const waiting = node.backlog + arrived * at.step;
  node.applied = Math.min(waiting / at.step, speed);
  node.backlog = Math.min(longestBacklog, waiting - node.applied * at.step);
  // Even an empty queue is two links and one apply behind.
  node.lagSeconds =
    leader.linkSeconds + node.linkSeconds + 1 / Math.max(1, speed) + node.backlog / Math.max(10, logged);
  node.writes = node.applied;

  advanceCpu(node, at, reads * (1 + 0.12 * (strain.scan - 1)) + 0.6 * node.applied, cpuStatementsPerSecond);
  const misses = reads * (1 - node.cacheHitRatio);
  const swapping = 0.05 * node.pageFaults;
  node.diskReads = misses * accessesPerMiss + swapping;
  node.diskWrites = 1.1 * node.applied + swapping;
  advanceDisk(node, at, node.diskReads + node.diskWrites, diskAccessesPerSecond);
  node.locks.advance(node.applied, 800 / strain.lockHold, at.step);
  advanceNetwork(node, at, 1.2 * reads + logged, networkMessagesPerSecond);

  node.latencySeconds =
    node.cpu.seconds + (1 - node.cacheHitRatio) * accessesPerMiss * node.disk.seconds + node.linkSeconds;
  node.rowsRead = reads * 40 * strain.scan;
  finish(node, reads, node.cpu.refused + node.disk.refused);
  node.receivedBytes += logged * 900;
  node.announce({
    lagSeconds: node.lagSeconds,
    acknowledgeSeconds: node.linkSeconds + node.disk.seconds + 0.02 * Math.min(5, node.lagSeconds),
  });
}
