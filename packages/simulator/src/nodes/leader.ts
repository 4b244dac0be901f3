import type { NodeState } from "./node-state.ts";
import { advanceCpu, advanceDisk, advanceMemory, advanceNetwork, finish, follow } from "./parts.ts";
import type { Surroundings } from "./surroundings.ts";

const cpuStatementsPerSecond = 650;
const diskAccessesPerSecond = 700;
const networkMessagesPerSecond = 2_500;
const lockSeconds = 0.0015;
const lockGroups = 1.2;
const accessesPerMiss = 4;
const accessesPerWrite = 1.2;

/**
 * Owns a shard: every write, half of the reads, the locks and the log.
 * @param acknowledgeSeconds of the fastest follower: commits wait for it
 */
export function advanceLeader(
  node: NodeState,
  at: Surroundings,
  reads: number,
  writes: number,
  acknowledgeSeconds: number,
): void {
  const { strain } = at;
  node.reads = reads;
  node.writes = writes;
  node.awaitedSeconds = follow(node.awaitedSeconds, acknowledgeSeconds, at.step, 8);
  advanceMemory(node, at);
  advanceCpu(node, at, reads * (1 + 0.12 * (strain.scan - 1)) + 1.4 * writes, cpuStatementsPerSecond);

  const misses = reads * (1 - node.cacheHitRatio) * (1 + 0.15 * (strain.scan - 1));
  const swapping = 0.05 * node.pageFaults;
  node.diskReads = misses * accessesPerMiss + swapping;
  node.diskWrites = writes * accessesPerWrite + swapping;
  advanceDisk(node, at, node.diskReads + node.diskWrites, diskAccessesPerSecond);

  // Locks are held until the log record is on disk, and a little longer where the follower answers late.
  const held = lockSeconds * strain.lockHold + 0.2 * node.disk.seconds + 0.02 * node.awaitedSeconds;
  node.locks.advance(writes, lockGroups / held, at.step);
  node.deadlocks = 0.004 * writes * node.locks.utilisation ** 3 * Math.sqrt(strain.lockHold);
  advanceNetwork(node, at, 1.2 * (reads + writes) + writes, networkMessagesPerSecond);

  const read = node.cpu.seconds + (1 - node.cacheHitRatio) * accessesPerMiss * node.disk.seconds;
  const write = 1.4 * node.cpu.seconds + node.locks.seconds + node.disk.seconds + node.awaitedSeconds;
  const all = Math.max(1e-9, reads + writes);
  node.latencySeconds = (read * reads + write * writes) / all + node.linkSeconds;
  node.rowsRead = reads * 40 * strain.scan + writes * 3;
  finish(node, reads + writes, node.cpu.refused + node.disk.refused + node.locks.refused + node.deadlocks);
  node.sentBytes += writes * 900;
  node.announce({ committed: node.locks.throughput });
}
