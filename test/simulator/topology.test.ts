import { createTopology } from "@systemhealer/simulator/topology";
import { expect, test } from "vitest";

test("the reference cluster has two gateways, three leaders and a follower for each", () => {
  const { nodes, edges } = createTopology();
  expect(nodes.map((node) => node.role)).toEqual([
    ...Array<string>(2).fill("gateway"),
    ...Array<string>(3).fill("leader"),
    ...Array<string>(3).fill("follower"),
  ]);
  expect(new Set(nodes.map((node) => node.name)).size).toBe(8);
  const names = new Set(nodes.map((node) => node.name));
  for (const edge of edges) expect(names.has(edge.from) && names.has(edge.to)).toBe(true);
  expect(edges.filter((edge) => edge.kind === "request")).toHaveLength(2 * 6);
  expect(edges.filter((edge) => edge.kind === "replication")).toEqual(
    [1, 2, 3].map((s) => ({ from: `shard-${s}-leader`, to: `shard-${s}-follower-1`, kind: "replication" })),
  );
});

test("no copy of a shard lies on the array of its leader", () => {
  const { nodes } = createTopology({ gateways: 1, shards: 4, followersPerShard: 2 });
  for (const leader of nodes.filter((node) => node.role === "leader")) {
    const copies = nodes.filter((node) => node.role === "follower" && node.shard === leader.shard);
    expect(copies).toHaveLength(2);
    for (const copy of copies) expect(copy.storage).not.toBe(leader.storage);
  }
});

test("a count out of range is refused by name", () => {
  expect(() => createTopology({ gateways: 0, shards: 1, followersPerShard: 1 })).toThrow(/gateways/);
  expect(() => createTopology({ gateways: 1, shards: 1.5, followersPerShard: 1 })).toThrow(/shards/);
});
