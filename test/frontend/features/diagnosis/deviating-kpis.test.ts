import { expect, test } from "vitest";
import { deviatingKpis } from "../../../../frontend/src/features/diagnosis/deviating-kpis.ts";
import { signed } from "../../../../frontend/src/features/diagnosis/signed.ts";

const anomaly = {
  ...{
    anomalous: true,
    lone: false,
    threshold: 3,
    kpisBeyond: 2,
    expectedKpis: 0.3,
    excess: 9,
    limit: 4,
    source: "normal",
  },
  kpis: [
    { name: "disk", value: 90, mean: 10, standardDeviation: 10, z: 8 },
    { name: "cpu", value: 1, mean: 5, standardDeviation: 1, z: -4 },
  ],
};

test("a KPI that is outside its range and beyond the threshold is told once, the furthest first", () => {
  const outOfRange = [
    { name: "net", value: 3, low: 0, high: 2, direction: "above" as const, excess: 1, z: 2.5 },
    { name: "cpu", value: 1, low: 2, high: 8, direction: "below" as const, excess: 2, z: -4 },
  ];
  const kpis = deviatingKpis({ anomaly, outOfRange });
  expect(kpis.map(({ name, z, direction }) => [name, z, direction])).toEqual([
    ["disk", 8, "above"],
    ["cpu", -4, "below"],
    ["net", 2.5, "above"],
  ]);
  expect(kpis[0]).toMatchObject({ moments: { mean: 10, deviation: 10 } });
  expect(kpis[1]).toMatchObject({ range: { low: 2, high: 8 } });
});

test("models that know no means tell the ranges alone", () => {
  const outOfRange = [{ name: "net", value: 3, low: 0, high: 2, direction: "above" as const, excess: 1 }];
  expect(deviatingKpis({ outOfRange })).toEqual([
    { name: "net", value: 3, direction: "above", range: { low: 0, high: 2 } },
  ]);
  expect(deviatingKpis({})).toEqual([]);
});

test("a z-score has its sign, and no more figures than it is good for", () => {
  expect([2, -2.04, 0.26, -0.01].map((z) => signed(z, String))).toEqual(["+2", "-2", "+0.3", "0"]);
});
