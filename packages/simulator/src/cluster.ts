import type { Environment } from "./environment.ts";
import type { Strain } from "./faults.ts";
import type { Load } from "./load.ts";
import { advanceFollower } from "./nodes/follower.ts";
import { advanceGateway } from "./nodes/gateway.ts";
import { advanceLeader } from "./nodes/leader.ts";
import { NodeState } from "./nodes/node-state.ts";
import type { Surroundings } from "./nodes/surroundings.ts";
import type { Topology } from "./topology.ts";

/** Seconds of one step. */
export const stepSeconds = 5;
const leaderReadShare = 0.5;
/** A lag at which half of a follower's reads go to the leader instead. */
const staleSeconds = 20;

interface Shard {
  readonly share: number;
  readonly leader: number;
  readonly followers: readonly number[];
}

/**
 * The nodes and what passes between them. It draws no random number: the same loads and strains give the same states.
 * Each node sees the others as they were one step before, so a change needs one step for each edge it passes.
 */
export class Cluster {
  readonly nodes: readonly NodeState[];
  private readonly environment: Environment;
  private readonly gateways: readonly number[];
  private readonly shards: readonly Shard[];
  private readonly sameStorage: readonly (readonly number[])[];
  private readonly sameRack: readonly (readonly number[])[];

  constructor(topology: Topology, environment: Environment) {
    const { nodes } = topology;
    this.environment = environment;
    this.nodes = nodes.map(() => new NodeState(environment.warmHitRatio));
    const where = (test: (index: number) => boolean) => nodes.flatMap((_, index) => (test(index) ? [index] : []));
    this.gateways = where((i) => nodes[i]!.role === "gateway");
    this.shards = where((i) => nodes[i]!.role === "leader").map((leader, shard) => ({
      share: environment.shardShare[shard]!,
      leader,
      followers: where((i) => nodes[i]!.role === "follower" && nodes[i]!.shard === shard),
    }));
    this.sameStorage = nodes.map((node, own) =>
      where((i) => i !== own && node.storage !== null && nodes[i]!.storage === node.storage),
    );
    this.sameRack = nodes.map((node, own) => where((i) => i !== own && nodes[i]!.rack === node.rack));
  }

  /** One step of `stepSeconds`. @param strains one per node, in the order of the topology */
  advance(load: Load, strains: readonly Strain[]): void {
    let forwarded = 0;
    for (const gateway of this.gateways) forwarded += this.nodes[gateway]!.signals.forwarded;
    let latency = 0;
    let errors = 0;
    for (const shard of this.shards) {
      const leader = this.nodes[shard.leader]!.signals;
      let seconds = leader.latencySeconds;
      for (const follower of shard.followers) seconds += this.nodes[follower]!.signals.latencySeconds;
      latency += (shard.share * seconds) / (1 + shard.followers.length);
      errors += shard.share * leader.errorShare;
    }
    for (const gateway of this.gateways) {
      const demand = load.requestsPerSecond / this.gateways.length;
      advanceGateway(this.nodes[gateway]!, this.surroundings(gateway, strains), demand, latency, errors);
    }
    for (const shard of this.shards) this.advanceShard(shard, forwarded * shard.share, load.writeShare, strains);
    for (const node of this.nodes) node.publish();
  }

  private advanceShard(shard: Shard, statements: number, writeShare: number, strains: readonly Strain[]): void {
    const reads = statements * (1 - writeShare);
    const writes = statements * writeShare;
    const leader = this.nodes[shard.leader]!;
    let acknowledged = Number.POSITIVE_INFINITY;
    let elsewhere = 0;
    for (const index of shard.followers) {
      const { lagSeconds, acknowledgeSeconds } = this.nodes[index]!.signals;
      const fresh = 1 / (1 + lagSeconds / staleSeconds);
      const share = ((1 - leaderReadShare) / shard.followers.length) * fresh;
      elsewhere += share;
      acknowledged = Math.min(acknowledged, acknowledgeSeconds);
      advanceFollower(this.nodes[index]!, this.surroundings(index, strains), reads * share, leader.signals);
    }
    const surroundings = this.surroundings(shard.leader, strains);
    advanceLeader(leader, surroundings, reads * (1 - elsewhere), writes, acknowledged);
  }

  private surroundings(index: number, strains: readonly Strain[]): Surroundings {
    return {
      step: stepSeconds,
      strain: strains[index]!,
      capacity: this.environment.capacity[index]!,
      warmHitRatio: this.environment.warmHitRatio,
      sharedDisk: this.meanSignal(this.sameStorage[index]!, "diskUtilisation"),
      sharedNetwork: this.meanSignal(this.sameRack[index]!, "networkUtilisation"),
    };
  }

  private meanSignal(indices: readonly number[], name: "diskUtilisation" | "networkUtilisation"): number {
    let sum = 0;
    for (const index of indices) sum += this.nodes[index]!.signals[name];
    return indices.length === 0 ? 0 : sum / indices.length;
  }
}
