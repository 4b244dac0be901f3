import { beforeAll, expect, it } from "vitest";
import { type Clustering, clusterRows } from "../../../packages/ml/src/cluster/cluster-rows.ts";
import { groupNodes } from "../../../packages/ml/src/groups/group-nodes.ts";
import { fitKpiSpace } from "../../../packages/ml/src/space/kpi-space.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import { simulate } from "../../../packages/simulator/src/simulate.ts";

let found: Clustering;

async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}

beforeAll(async () => {
  const source = bytesOf(simulate({ schema: "long", rows: 6_000, seed: 1 }));
  const table = await readTable(source, { labels: "ignored", keepNodes: true });
  found = await clusterRows(table, { method: "k-means", clusters: 4, seed: 0 });
});

it("nodes of one role behave alike, unlike those of another", () => {
  const { nodeGroups } = found;
  expect(nodeGroups).toMatchObject({ groups: 3, omitted: 0 });
  const groupsOf = (role: string) =>
    new Set(nodeGroups?.nodes.filter(({ name }) => name.includes(role)).map(({ group }) => group));
  const [gateways, leaders, followers] = [groupsOf("gateway"), groupsOf("leader"), groupsOf("follower")];
  for (const groups of [gateways, leaders, followers]) expect(groups.size).toBe(1);
  expect(new Set([...gateways, ...leaders, ...followers]).size).toBe(3);
  for (const { clusters, rows } of nodeGroups?.nodes ?? []) {
    expect(rows).toBe(750);
    expect(clusters.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  }
});

it("the KPIs of such a cluster fall into groups, which move in some of its row clusters", () => {
  const { groups, heatMap } = found.kpiGroups;
  const traffic = groups.find(({ kpis }) => kpis.some(({ name }) => name === "requests_per_second"));
  expect(traffic?.kpis.map(({ name }) => name)).toContain("network_sent_bytes_per_second");
  expect(traffic?.moves.length).toBeGreaterThan(0);
  expect(heatMap.correlations).toHaveLength(heatMap.kpis.length);
});

it("a node that behaves otherwise stands alone among very many", async () => {
  const nodes = 1_200;
  const values = Float32Array.from({ length: 4 * nodes }, (_, row) => Math.sin(row) + (row % nodes === 7 ? 40 : 0));
  const raw = { values, columnCount: 1 };
  const rows = Int32Array.from({ length: 4 * nodes }, (_, row) => row);
  const names = Array.from({ length: nodes }, (_, node) => `n${node}`);
  const table = { names, rows: rows.map((row) => row % nodes) };
  const grouped = await groupNodes(
    raw,
    await fitKpiSpace(raw, rows),
    table,
    rows.map(() => 0),
    1,
  );
  expect(grouped).toMatchObject({ groups: 2, omitted: 200 });
  expect(grouped?.nodes.filter(({ group }) => group === 1).map(({ name }) => name)).toEqual(["n7"]);
});

it("one node makes no groups", async () => {
  const raw = { values: Float32Array.of(1, 2, 3), columnCount: 1 };
  const rows = Int32Array.of(0, 1, 2);
  const one = { names: ["n"], rows: Int32Array.of(0, 0, 0) };
  expect(await groupNodes(raw, await fitKpiSpace(raw, rows), one, rows, 3)).toBeUndefined();
});
