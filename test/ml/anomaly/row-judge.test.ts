import { expect, it } from "vitest";
import { type AnomalyBaseline, defaultThreshold } from "../../../packages/ml/src/anomaly/baseline.ts";
import { RowJudge } from "../../../packages/ml/src/anomaly/row-judge.ts";

/** Mean 10 and standard deviation 2; mean 0 and deviation 1; a KPI that was never seen. */
const baseline: AnomalyBaseline = {
  source: "normal",
  rows: 100,
  means: Float64Array.of(10, 0, Number.NaN),
  deviations: Float64Array.of(2, 1, Number.NaN),
  limits: [
    { threshold: 1, excess: 4, expectedKpis: 0.6 },
    { threshold: 3, excess: 1, expectedKpis: 0.01 },
    { threshold: 10, excess: 0, expectedKpis: 0 },
  ],
  alarms: Float64Array.of(20, 20, Number.POSITIVE_INFINITY),
};

const gap = Number.NaN;
const judge = (threshold: number, ...values: number[]) =>
  new RowJudge(baseline, threshold).judge(Float32Array.from(values), 0);

it("a KPI counts beyond three standard deviations from its mean, unless another threshold is wanted", () => {
  expect(defaultThreshold).toBe(3);
  expect(judge(defaultThreshold, 16, -3, 7)).toMatchObject({ beyond: 0, excess: 0, anomalous: false });
  expect(judge(defaultThreshold, 16.25, -3.25, 7)).toMatchObject({ beyond: 2, excess: 0.375 });
});

it.each([1, 2, 5, 10])("at a threshold of %d it counts from there on, above the mean as below it", (threshold) => {
  for (const sign of [1, -1]) {
    expect(judge(threshold, 10 + sign * 1.98 * threshold, gap, gap).beyond).toBe(0);
    expect(judge(threshold, 10 + sign * 2.02 * threshold, gap, gap).beyond).toBe(1);
  }
});

it("a row is anomalous by how far its KPIs are beyond the threshold in all, each counting for ten at most", () => {
  expect(judge(3, 18, 0, gap)).toMatchObject({ beyond: 1, excess: 1, anomalous: false });
  expect(judge(3, 18, 3.5, gap)).toMatchObject({ beyond: 2, excess: 1.5, anomalous: true });
  expect(judge(3, 10, 15, gap)).toMatchObject({ beyond: 1, excess: 10, lone: false });
  expect(judge(3, 10, 21, gap)).toMatchObject({ beyond: 1, excess: 10, lone: true });
});

it("tells the KPIs beyond the threshold, the furthest first", () => {
  const found = new RowJudge(baseline, 3).deviations(Float32Array.of(99, 2, -4, 5), 0);
  expect(found).toEqual([{ column: 0, value: 99, z: 44.5 }]);
  expect(new RowJudge(baseline, 1).deviations(Float32Array.of(99, 4, -3, 5), 1)).toEqual([
    { column: 0, value: 4, z: -3 },
    { column: 1, value: -3, z: -3 },
  ]);
});
