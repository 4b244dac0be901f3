import { expect, it } from "vitest";
import { createDriftFit, effectiveRows } from "../../../packages/ml/src/honesty/drift.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const rowCount = 4_000;
const columnCount = 12;
const cuts = Array.from({ length: 31 }, (_, place) => (place - 15) / 5);

/** @param memory what is left of a KPI's deviation from one row to the next */
function drift(memory: number, labelOf: (row: number) => number, gapAt = (_row: number) => false, rows = rowCount) {
  const random = createRandom(3);
  const labels = Int32Array.from({ length: rows }, (_, row) => labelOf(row));
  const fit = createDriftFit(labels, 2);
  const columns = Array.from({ length: columnCount }, () => {
    let state = normal(random);
    const places = Uint8Array.from(labels, (label, row) => {
      state = memory * state + Math.sqrt(1 - memory ** 2) * normal(random);
      const value = state + 3 * label;
      return gapAt(row) ? 255 : 2 * cuts.filter((cut) => cut < value).length;
    });
    return fit.ofColumn(places, 2 * cuts.length + 1);
  });
  return {
    lengths: fit.lengths,
    values: columns.flatMap(({ values }) => values),
    gaps: columns.flatMap(({ gaps }) => gaps),
  };
}

const share = (inflations: readonly number[], isSo: (value: number) => boolean) =>
  inflations.filter(isSo).length / inflations.length;

it("rows in random order have none", () => {
  const { lengths, values, gaps } = drift(0, (row) => row % 2);
  expect(lengths).toEqual([31, 125, 500]);
  expect(share(values, (value) => value === 1)).toBeGreaterThan(0.95);
  expect(gaps.every((value) => value === 1)).toBe(true);
});

it("a file that is sorted by class has none for that", () => {
  const { values } = drift(0, (row) => (row < rowCount / 2 ? 0 : 1));
  expect(share(values, (value) => value === 1)).toBeGreaterThan(0.95);
});

it("a slow KPI's stretches tell less than their rows", () => {
  const { lengths, values } = drift(0.98, (row) => row % 2);
  const longest = values.filter((_, at) => at % lengths.length === lengths.length - 1);
  // Rows told by a stretch of 500 with a correlation time of 50 to either side.
  expect(share(longest, (value) => value > 5)).toBeGreaterThan(0.6);
  expect(share(values, (value) => value > 2)).toBeGreaterThan(0.9);
});

it("gaps that come in one go are no surprise later", () => {
  const { gaps } = drift(
    0,
    (row) => row % 2,
    (row) => row > 1_000 && row < 1_800,
  );
  expect(share(gaps, (value) => value > 5)).toBe(1);
});

it("a file of a few rows tells no drift", () => {
  const few = drift(
    0.9,
    (row) => row % 2,
    () => false,
    100,
  );
  expect(few).toEqual({ lengths: [], values: [], gaps: [] });
});

it("more rows of a drifting KPI tell no more from the longest stretch on", () => {
  expect(effectiveRows([], [], 700)).toBe(700);
  expect(effectiveRows([30, 120], [1, 1], 5_000)).toBe(5_000);
  expect(effectiveRows([30, 120], [3, 12], 120)).toBeCloseTo(10, 9);
  expect(effectiveRows([30, 120], [3, 12], 5_000)).toBeCloseTo(10, 9);
  expect(effectiveRows([30, 120], [3, 12], 60)).toBeCloseTo(60 / 6, 9);
  expect(effectiveRows([30, 120], [3, 12], 1)).toBe(1);
});
