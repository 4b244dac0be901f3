/** The simulated cluster's shape, as data. */
export type NodeRole = "gateway" | "leader" | "follower";

export interface ClusterNode {
  readonly name: string;
  readonly role: NodeRole;
  /** Shard served, from 0; null for a gateway. */
  readonly shard: number | null;
  /** Nodes of one rack share a switch, nodes of one storage array its disks. */
  readonly rack: number;
  readonly storage: number | null;
}

/**
 * `request`: from a gateway to the node it sends statements to. `replication`: from a leader to its follower.
 * `storage`, `network`: both ends share an array or a switch; listed once, `from` before `to` in the node order.
 */
export type EdgeKind = "request" | "replication" | "storage" | "network";

export interface ClusterEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
}

export interface Topology {
  readonly nodes: readonly ClusterNode[];
  readonly edges: readonly ClusterEdge[];
}

export interface TopologyOptions {
  readonly gateways: number;
  readonly shards: number;
  readonly followersPerShard: number;
}

/** Two gateways, three shards, one follower each: the eight nodes of the reference schema. */
export const referenceTopology: TopologyOptions = { gateways: 2, shards: 3, followersPerShard: 1 };

/** @throws RangeError where a count is no whole number in 1…64 (followers: 1…8) */
export function createTopology(options: TopologyOptions = referenceTopology): Topology {
  checkCount("gateways", options.gateways, 64);
  checkCount("shards", options.shards, 64);
  checkCount("followersPerShard", options.followersPerShard, 8);
  const nodes: ClusterNode[] = [];
  for (let g = 0; g < options.gateways; g++) {
    nodes.push({ name: `gateway-${g + 1}`, role: "gateway", shard: null, rack: g % 2, storage: null });
  }
  for (let s = 0; s < options.shards; s++) {
    nodes.push({ name: `shard-${s + 1}-leader`, role: "leader", shard: s, rack: s % 2, storage: s });
  }
  for (let s = 0; s < options.shards; s++) {
    for (let f = 0; f < options.followersPerShard; f++) {
      nodes.push({
        name: `shard-${s + 1}-follower-${f + 1}`,
        role: "follower",
        shard: s,
        rack: (s + f + 1) % 2,
        // A follower's copy lies on another shard's array, so that one array never holds all copies.
        storage: (s + f + 1) % options.shards,
      });
    }
  }
  return { nodes, edges: connect(nodes) };
}

function connect(nodes: readonly ClusterNode[]): ClusterEdge[] {
  const edges: ClusterEdge[] = [];
  for (const [i, from] of nodes.entries()) {
    for (const [j, to] of nodes.entries()) {
      if (i === j) continue;
      if (from.role === "gateway" && to.role !== "gateway") add(from, to, "request");
      if (from.role === "leader" && to.role === "follower" && from.shard === to.shard) add(from, to, "replication");
      if (i < j && from.storage !== null && from.storage === to.storage) add(from, to, "storage");
      if (i < j && from.rack === to.rack) add(from, to, "network");
    }
  }
  return edges;

  function add(from: ClusterNode, to: ClusterNode, kind: EdgeKind) {
    edges.push({ from: from.name, to: to.name, kind });
  }
}

function checkCount(name: string, value: number, most: number) {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new RangeError(`${name} must be a whole number from 1 to ${most}, not ${value}`);
  }
}
