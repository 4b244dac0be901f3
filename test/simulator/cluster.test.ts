import { Cluster, stepSeconds } from "@systemhealer/simulator/cluster";
import { createEnvironment } from "@systemhealer/simulator/environment";
import { type FaultName, faultModels, faultNames, noStrain } from "@systemhealer/simulator/faults";
import { kpis } from "@systemhealer/simulator/kpis";
import { createTopology } from "@systemhealer/simulator/topology";
import { expect, test } from "vitest";

const topology = createTopology();
const environment = createEnvironment(topology);
const load = { requestsPerSecond: 1_200, writeShare: 0.3 };
const indexOf = (name: string) => topology.nodes.findIndex((node) => node.name === name);

function values(cluster: Cluster): number[][] {
  return cluster.nodes.map((node, i) =>
    kpis.filter((kpi) => kpi.roles.includes(topology.nodes[i]!.role)).map((kpi) => kpi.read(node, 2 ** 36)),
  );
}

/** 0 where both are equal, 1 where one is nothing beside the other. */
function relativeDifference(a: number, b: number): number {
  return Math.abs(a - b) / (Math.max(Math.abs(a), Math.abs(b)) + 1e-3);
}

/** Per node: the first step after the onset in which a KPI differs from the undisturbed twin, and how much its KPIs differ on average. */
function effectOf(fault: FaultName, origin: number, steps = 12, intensity = 0.5) {
  const twins = [new Cluster(topology, environment), new Cluster(topology, environment)] as const;
  const calm = topology.nodes.map(() => noStrain());
  const troubled = topology.nodes.map(() => noStrain());
  for (let step = 0; step < 30; step++) for (const twin of twins) twin.advance(load, calm);
  expect(values(twins[0])).toEqual(values(twins[1]));
  faultModels[fault].apply(troubled[origin]!, intensity);
  const first = topology.nodes.map(() => Number.POSITIVE_INFINITY);
  const strongest = topology.nodes.map(() => 0);
  for (let step = 1; step <= steps; step++) {
    twins[0].advance(load, calm);
    twins[1].advance(load, troubled);
    const before = values(twins[0]);
    for (const [node, now] of values(twins[1]).entries()) {
      const differences = now.map((value, k) => relativeDifference(value, before[node]![k]!));
      if (Math.max(...differences) > 0.001) first[node] = Math.min(first[node]!, step);
      const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
      strongest[node] = Math.max(strongest[node]!, mean);
    }
  }
  return { first, strongest, troubled: twins[1], calm: twins[0] };
}

test("without a fault the cluster rests: the same load gives the same state, with no node near saturation", () => {
  const cluster = new Cluster(topology, environment);
  for (let step = 0; step < 60; step++) cluster.advance(load, topology.nodes.map(noStrain));
  const before = values(cluster);
  cluster.advance(load, topology.nodes.map(noStrain));
  for (const [node, now] of values(cluster).entries()) {
    for (const [k, value] of now.entries()) expect(relativeDifference(value, before[node]![k]!)).toBeLessThan(1e-4);
  }
  for (const node of cluster.nodes) {
    expect(node.cpu.utilisation).toBeGreaterThan(0.2);
    expect(node.cpu.utilisation).toBeLessThan(0.8);
    expect(node.connections).toBeCloseTo(node.requests * node.latencySeconds, 6);
  }
});

test.each(faultNames)("%s shows at its origin in the first step and at the neighbours later, and weaker", (fault) => {
  const origin = fault === "replication-stall" ? indexOf("shard-1-follower-1") : indexOf("shard-1-leader");
  const { first, strongest } = effectOf(fault, origin);
  expect(first[origin]).toBe(1);
  const reached = topology.nodes.map((_, node) => node).filter((n) => n !== origin && Number.isFinite(first[n]!));
  expect(reached.length).toBeGreaterThan(0);
  for (const node of reached) {
    expect(first[node]).toBeGreaterThan(1);
    expect(strongest[node]).toBeLessThan(strongest[origin]!);
  }
});

test("a slow disk of a leader reaches the gateways after one step and the other shards later still", () => {
  const { first } = effectOf("disk-slowdown", indexOf("shard-1-leader"));
  expect(first[indexOf("gateway-1")]).toBe(2);
  expect(first[indexOf("shard-2-leader")]).toBeGreaterThan(2);
  expect(first[indexOf("shard-2-leader")]).toBeLessThan(10);
});

test("each fault raises the KPIs that an operator would look at", () => {
  const leader = indexOf("shard-1-leader");
  const follower = indexOf("shard-1-follower-1");
  const grown = (fault: FaultName, node: number, read: (cluster: Cluster) => number, factor: number) => {
    const { troubled, calm } = effectOf(fault, node);
    expect(read(troubled) / read(calm)).toBeGreaterThan(factor);
  };
  grown("cpu-hog", leader, (c) => c.nodes[leader]!.cpuBusy, 1.5);
  grown("disk-slowdown", leader, (c) => c.nodes[leader]!.disk.seconds, 3);
  grown("memory-leak", leader, (c) => 1 - c.nodes[leader]!.cacheHitRatio, 2);
  grown("network-delay", leader, (c) => c.nodes[leader]!.linkSeconds, 10);
  grown("lock-contention", leader, (c) => c.nodes[leader]!.locks.seconds, 3);
  grown("replication-stall", follower, (c) => c.nodes[follower]!.lagSeconds, 100);
});

test("a stalled follower falls behind by the writes that it does not apply", () => {
  const follower = indexOf("shard-1-follower-1");
  const { troubled } = effectOf("replication-stall", follower, 24);
  const node = troubled.nodes[follower]!;
  const surplus = troubled.nodes[indexOf("shard-1-leader")]!.locks.throughput - node.applied;
  expect(node.backlog).toBeGreaterThan(0.7 * surplus * 24 * stepSeconds);
  expect(node.backlog).toBeLessThan(1.3 * surplus * 24 * stepSeconds);
});
