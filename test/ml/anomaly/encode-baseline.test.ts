import { expect, it } from "vitest";
import type { AnomalyBaseline } from "../../../packages/ml/src/anomaly/baseline.ts";
import { decodeBaseline, encodeBaseline } from "../../../packages/ml/src/anomaly/encode-baseline.ts";

const baseline: AnomalyBaseline = {
  source: "normal",
  rows: 120,
  means: Float64Array.of(4, Number.NaN, -1e30),
  deviations: Float64Array.of(0.5, Number.NaN, 0),
  limits: [1, 3, 10].map((threshold) => ({ threshold, excess: 8 / threshold, expectedKpis: 1 / threshold })),
  alarms: Float64Array.of(12, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
};

it("is the same once written and read", () => {
  expect(decodeBaseline(encodeBaseline(baseline), 3)).toEqual(baseline);
});

it("of an early model, which has no alarms, is read as one in which no KPI is an anomaly alone", () => {
  const { alarms: _, ...former } = baseline;
  const moments = Buffer.from(Float64Array.of(...former.means, ...former.deviations).buffer).toString("base64");
  const read = decodeBaseline({ ...encodeBaseline(baseline), moments }, 3);
  expect(read).toEqual({ ...former, alarms: new Float64Array(3).fill(Number.POSITIVE_INFINITY) });
});

it("is refused for other columns, and where a threshold would find no limit", () => {
  const written = encodeBaseline(baseline);
  expect(() => decodeBaseline(written, 4)).toThrow("no 4 baselines");
  expect(() => decodeBaseline(written, 2)).toThrow("no 2 baselines");
  for (const limits of [[], baseline.limits.slice(0, 2), baseline.limits.slice(1), baseline.limits.toReversed()])
    expect(() => decodeBaseline({ ...written, limits }, 3)).toThrow("all thresholds");
  const unknown = baseline.limits.map((limit) => ({ ...limit, excess: Number.NaN }));
  expect(() => decodeBaseline({ ...written, limits: unknown }, 3)).toThrow("all thresholds");
});
