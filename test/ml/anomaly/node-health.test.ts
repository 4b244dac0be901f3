import { expect, it } from "vitest";
import { healthOf, type NodeCounts } from "../../../packages/ml/src/anomaly/node-health.ts";

const kpis = ["cpu", "disk"];

/** @param above, below of each KPI */
function node(name: string, above: number[], below: number[], more: Partial<NodeCounts> = {}): NodeCounts {
  const counts = { above: Int32Array.from(above), below: Int32Array.from(below), gaps: new Int32Array(kpis.length) };
  return { name, rows: 1_000, anomalous: 0, ...counts, ...more };
}

it("a node is healthy as long as its KPIs leave their ranges no more often than chance explains", () => {
  const health = healthOf(kpis, [node("calm", [5, 4], [4, 5]), node("hot", [300, 4], [10, 5])]);
  expect(health.nodes.map(({ healthy }) => healthy)).toEqual([true, false]);
  expect(health.nodes[1].outside).toEqual([{ name: "cpu", direction: "above", share: 0.31 }]);
  expect(health).toMatchObject({ kpis: 2, healthyNodes: 1, expectedShare: 0.99 });
  expect(health.insideShare).toBeCloseTo(1 - 337 / 4_000, 12);
});

it("gaps are not counted as inside", () => {
  const gaps = Int32Array.of(900, 0);
  const { nodes } = healthOf(kpis, [node("n1", [0, 0], [50, 0], { gaps })]);
  expect(nodes[0].outside).toEqual([{ name: "cpu", direction: "below", share: 0.5 }]);
  expect(nodes[0].insideShare).toBeCloseTo(1 - 50 / 1_100, 12);
});

it("a node with more anomalous rows than chance explains is not healthy, though no KPI strays", () => {
  const { nodes } = healthOf(kpis, [node("n1", [0, 0], [0, 0], { anomalous: 200 })]);
  expect(nodes[0]).toMatchObject({ healthy: false, outsideKpis: 0 });
});
