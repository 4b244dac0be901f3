import { createClient } from "@systemhealer/contract/client";
import type { FeatureHistogram, HistogramPage } from "@systemhealer/contract/histograms";
import { expect, test } from "vitest";
import { normalValues, readNormalValues } from "../../../../frontend/src/features/diagnosis/normal-values.ts";

const histogram: FeatureHistogram = {
  name: "kpi-0",
  scale: "linear",
  edges: [0, 10, 20, 30],
  counts: [
    [0, 0, 50],
    [10, 20, 6],
  ],
  below: [0, 2],
  above: [0, 2],
  gaps: [3, 0],
  normal: { low: 1, high: 28 },
};

test("the middle of the normal rows is read off their counts", () => {
  // 40 rows: 2 below, 10 in the first bin, the 20th is the 8th of 20 in the second.
  expect(normalValues(histogram, 1)).toEqual({ low: 1, median: 14, high: 28 });
  expect(normalValues({ ...histogram, scale: "log", edges: [1, 10, 100, 1000] }, 1)!.median).toBeCloseTo(10 ** 1.4);
  expect(normalValues({ ...histogram, below: [0, 100] }, 1)!.median).toBe(0);
  expect(normalValues({ ...histogram, above: [0, 100] }, 1)!.median).toBe(30);
});

test("a KPI without numbers has no usual value", () => {
  expect(normalValues({ ...histogram, normal: null }, 1)).toBeUndefined();
  expect(normalValues({ ...histogram, edges: [], counts: [[], []], below: [0, 0], above: [0, 0] }, 1)).toBeUndefined();
});

function serving(normalClass: string | null, total: number, calls: string[]) {
  const classes = [
    { name: "disk", rows: 50, sampled: 50 },
    { name: "normal", rows: 40, sampled: 40 },
  ];
  const answer = async (input: Parameters<typeof fetch>[0]): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    calls.push(url.search);
    const offset = Number(url.searchParams.get("offset"));
    const end = Math.min(total, offset + Number(url.searchParams.get("limit")));
    const items = Array.from({ length: end - offset }, (_, index) => ({ ...histogram, name: `kpi-${offset + index}` }));
    const next = end < total ? { nextOffset: end } : {};
    const page: HistogramPage = { rows: 90, sampledRows: 90, classes, normalClass, items, total, ...next };
    return Response.json(page);
  };
  return createClient({ baseUrl: "http://127.0.0.1", token: async () => "t", fetch: answer });
}

test("all KPIs are read, page by page, and no more than a form has use for", async () => {
  const calls: string[] = [];
  const values = await readNormalValues(serving("normal", 120, calls), "ds-01J00000000000000000000000");
  expect(values.size).toBe(120);
  expect(values.get("kpi-119")).toEqual({ low: 1, median: 14, high: 28 });
  expect(calls).toHaveLength(3);
  const many: string[] = [];
  expect((await readNormalValues(serving("normal", 100_000, many), "ds-01J00000000000000000000000")).size).toBe(1_000);
});

test("without a class called normal one call tells so", async () => {
  const calls: string[] = [];
  expect((await readNormalValues(serving(null, 120, calls), "ds-01J00000000000000000000000")).size).toBe(0);
  expect(calls).toHaveLength(1);
});
