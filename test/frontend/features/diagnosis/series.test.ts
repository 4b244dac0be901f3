import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { expect, test } from "vitest";
import { bandOf, confidenceLines } from "../../../../frontend/src/features/diagnosis/series/confidence-lines.ts";
import { deviationLines } from "../../../../frontend/src/features/diagnosis/series/deviation-lines.ts";
import { parallelLines } from "../../../../frontend/src/features/diagnosis/series/parallel-lines.ts";
import { scatterAxes, scatterGroups } from "../../../../frontend/src/features/diagnosis/series/scatter-groups.ts";

const point = (row: number, diagnosis: number, confidence: number, values: (number | null)[]) => ({
  row,
  diagnosis,
  confidence,
  probabilities: [],
  values,
});
const sample: DiagnosisSample = {
  schema: "diagnosis-sample.v1",
  rows: 100,
  classes: ["cpu", "disk", "net"],
  kpis: ["load", "queue"],
  points: [
    point(1, 0, 0.95, [1, 10]),
    point(2, 1, 1, [2, null]),
    point(3, 0, 0.4, [3, 10]),
    point(4, -1, 0.5, [4, 10]),
    point(5, 0, 0.9, [5, 11]),
  ],
};

test("confidence by class: shares of the class's rows, without classes and bands that have none", () => {
  const { lines, firstBand } = confidenceLines(sample);
  expect(firstBand).toBe(4);
  expect(lines.map(({ label }) => label)).toEqual(["cpu", "disk"]);
  expect(lines[0]!.values[0]).toBeCloseTo(1 / 3);
  expect(lines[0]!.values.at(-1)).toBeCloseTo(2 / 3);
  expect(lines[1]!.values).toEqual([0, 0, 0, 0, 0, 1]);
});

test("a confidence belongs to the band it begins", () => {
  expect([0, 0.1, 0.3, 0.7, 0.999, 1].map(bandOf)).toEqual([0, 1, 3, 7, 9, 9]);
});

test("deviations: rows of a class together, the surest first, unknown ones last; gaps stay gaps", () => {
  const { lines, rows } = deviationLines(sample, (diagnosis) => `class ${diagnosis}`);
  expect(rows).toEqual([1, 5, 3, 2, 4]);
  expect(lines[0]).toMatchObject({ label: "class 0 · 1", group: "class 0" });
  // Median 3, quartiles 2 and 4.
  expect(lines[0]!.values[0]).toBeCloseTo((-2 * 1.349) / 2);
  expect(lines[3]!.values[1]).toBeNull();
});

test("a KPI without spread between its quartiles deviates by its side only", () => {
  const points = [5, 5, 5, 5, 9].map((value, index) => point(index + 1, 0, 1 - index / 10, [value, null]));
  const { lines } = deviationLines({ ...sample, points }, () => "");
  expect(lines.map(({ values }) => values[0])).toEqual([0, 0, 0, 0, 1]);
});

test("scatter: the axes that the sample has, and rows by class with unknown ones first, below the others", () => {
  expect(scatterAxes(sample)).toEqual(["kpi:load", "kpi:queue", "confidence"]);
  const mapped = { ...sample, points: sample.points.map((entry) => ({ ...entry, x: 1, y: 2, novelty: 3 })) };
  expect(scatterAxes(mapped)).toEqual(["map-x", "map-y", "kpi:load", "kpi:queue", "confidence", "novelty"]);
  expect(scatterGroups(sample, "kpi:load", "kpi:queue")).toEqual([
    { name: "", points: [{ x: 4, y: 10, key: 4 }] },
    {
      name: "cpu",
      points: [
        { x: 1, y: 10, key: 1 },
        { x: 3, y: 10, key: 3 },
        { x: 5, y: 11, key: 5 },
      ],
    },
  ]);
});

test("parallel coordinates: unknown rows lowest, then frequent classes, rare ones on top", () => {
  const { lines } = parallelLines(sample, "values");
  expect(lines.map(({ group }) => group)).toEqual(["", "cpu", "cpu", "cpu", "disk"]);
  expect(lines[0]!.values).toEqual([4, 10]);
});

test("parallel coordinates by rank: values are spread evenly, equal ones share a place, gaps stay", () => {
  const points = [1, 1_000_000, 3, 3, null].map((value, index) => point(index + 1, 0, 1, [value]));
  const { lines, valueAt } = parallelLines({ ...sample, kpis: ["load"], points }, "ranks");
  expect(lines.map(({ values }) => values[0])).toEqual([0, 1, 0.5, 0.5, null]);
  expect([0, 0.5, 1].map((place) => valueAt(place, 0))).toEqual([1, 3, 1_000_000]);
});
