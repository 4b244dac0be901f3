import type { Clusters } from "@systemhealer/contract/clusters";
import { expect, test } from "vitest";
import { namedRows } from "../../../../frontend/src/features/clusters/naming.ts";

const cluster = (rows: number) => ({ rows, share: 0.1, kpis: [], exemplars: [] });
const found = (noiseRows: number) =>
  ({ clusters: [cluster(50), cluster(30), cluster(20)], noiseRows }) as unknown as Clusters;

test("clusters that share a name are one class, those without a name are left out", () => {
  expect(namedRows(found(0), { 0: " disk-slow ", 1: "", 2: "disk-slow" })).toEqual({
    names: { 0: "disk-slow", 2: "disk-slow" },
    classes: ["disk-slow"],
    rows: 70,
  });
});

test("rows in no cluster can be named where there are some", () => {
  expect(namedRows(found(8), { "-1": "noise" })).toEqual({ names: { "-1": "noise" }, classes: ["noise"], rows: 8 });
  expect(namedRows(found(0), { "-1": "noise" }).rows).toBe(0);
});

test("names of clusters that the run has not found are not sent", () => {
  expect(namedRows(found(0), { 7: "leftover" }).names).toEqual({});
});
