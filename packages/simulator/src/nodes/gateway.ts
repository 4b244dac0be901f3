import type { NodeState } from "./node-state.ts";
import { advanceCpu, advanceMemory, advanceNetwork, finish, follow } from "./parts.ts";
import type { Surroundings } from "./surroundings.ts";

const cpuStatementsPerSecond = 1_300;
const networkMessagesPerSecond = 4_000;
const mostConnections = 1_200;

/**
 * Routes the clients' statements to the shards.
 * @param demand statements per second that clients would send to a fast cluster
 * @param shardSeconds mean latency of the shards, by their share of the statements
 * @param shardErrors share of statements that the shards failed; clients repeat some of them
 */
export function advanceGateway(
  node: NodeState,
  at: Surroundings,
  demand: number,
  shardSeconds: number,
  shardErrors: number,
): void {
  node.awaitedSeconds = follow(node.awaitedSeconds, shardSeconds, at.step, 8);
  // A client sends its next statement only after the answer: the slower the cluster, the fewer arrive.
  const arrivals = (demand * (1 + 0.5 * shardErrors)) / (1 + node.latencySeconds / 2);
  advanceCpu(node, at, arrivals, cpuStatementsPerSecond);
  advanceNetwork(node, at, 2 * arrivals, networkMessagesPerSecond);
  advanceMemory(node, at);
  node.latencySeconds = node.cpu.seconds + node.linkSeconds + node.awaitedSeconds;
  const needed = arrivals * node.latencySeconds;
  const crowded = needed > mostConnections ? arrivals * (1 - mostConnections / needed) : 0;
  finish(node, arrivals, node.cpu.refused + crowded);
  node.announce({ forwarded: Math.min(node.cpu.throughput, node.requests) });
}
