import { expect, it } from "vitest";
import { fitNormalRanges, outOfRange } from "../../../packages/ml/src/honesty/normal-ranges.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const classes = ["cpu", "Normal"];

function drawRows(rowCount: number) {
  const random = createRandom(5);
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 2);
  const values = new Float32Array(3 * rowCount);
  for (let row = 0; row < rowCount; row++) {
    values[3 * row] = normal(random) + (labels[row] === 0 ? 50 : 0);
    values[3 * row + 1] = random.uniform() < 0.2 ? Number.NaN : 100 + 10 * normal(random);
    values[3 * row + 2] = Number.NaN;
  }
  return { labels, raw: { columnCount: 3, values }, rows: Int32Array.from(labels.keys()) };
}

it("are those of the normal class", async () => {
  const { raw, rows, labels } = drawRows(10_000);
  const { source, ranges } = await fitNormalRanges(raw, rows, labels, classes);
  expect(source).toBe("Normal");
  expect(ranges[0]?.low).toBeCloseTo(-2.576, 0);
  expect(ranges[0]?.high).toBeCloseTo(2.576, 0);
  expect(ranges[1]?.median).toBeCloseTo(100, 0);
  expect(ranges[2]).toBeNull();
});

it("are those of all rows where no class is normal, or hardly any row", async () => {
  const { raw, rows, labels } = drawRows(1_000);
  const all = await fitNormalRanges(raw, rows, labels, ["0", "1"]);
  expect(all.source).toBeNull();
  expect(all.ranges[0]?.high).toBeGreaterThan(49);
  expect((await fitNormalRanges(raw, rows.slice(0, 40), labels, classes)).source).toBeNull();
});

it("do not widen for a row gone astray", async () => {
  const { raw, rows, labels } = drawRows(10_000);
  raw.values[3] = 1e30;
  const { ranges } = await fitNormalRanges(raw, rows, labels, classes);
  expect(ranges[0]?.high).toBeLessThan(3.5);
});

it("tell the KPIs that lie outside, the furthest first, with direction and distance", () => {
  const ranges = [
    { low: 0, median: 5, high: 10 },
    { low: 0, median: 5, high: 10 },
    { low: 3, median: 3, high: 3 },
    null,
    { low: 0, median: 5, high: 10 },
  ];
  expect(outOfRange({ ranges }, Float32Array.of(15, -20, 3, 9e9, Number.NaN))).toEqual([
    { column: 1, value: -20, direction: "below", excess: 4 },
    { column: 0, value: 15, direction: "above", excess: 1 },
  ]);
  expect(outOfRange({ ranges }, Float32Array.of(5, 5, 4, 0, 5))).toEqual([
    { column: 2, value: 4, direction: "above", excess: 1 / 3 },
  ]);
});
