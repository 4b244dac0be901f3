import { ClassSample } from "@systemhealer/ml/validate/class-sample";
import { describe, expect, it } from "vitest";

const row = (...values: number[]) => Float64Array.from(values);

describe("the sample of a table's rows by class", () => {
  it("holds every row of a small table", () => {
    const sample = new ClassSample(2);
    for (let i = 0; i < 100; i++) sample.add(i % 3, row(i, -i));
    const kept = sample.classes().flatMap(({ index, offsets }) => offsets.map((o) => [index, sample.values[o]]));
    expect(kept.sort((a, b) => a[1]! - b[1]!)).toEqual(Array.from({ length: 100 }, (_, i) => [i % 3, i]));
    expect(sample.classes().map(({ rows }) => rows)).toEqual([34, 33, 33]);
  });

  it("keeps a rare class whole, and of the others a part that stands for all of them", () => {
    const sample = new ClassSample(1);
    const rows = 60_000;
    for (let i = 0; i < rows; i++) sample.add(i % 600 === 599 ? 1 : 0, row(i));
    const [many, few] = sample.classes();
    expect(few).toMatchObject({ index: 1, rows: 100 });
    expect(few!.offsets).toHaveLength(100);
    expect(many!.offsets).toHaveLength(2_500);
    const mean = many!.offsets.reduce((sum, offset) => sum + sample.values[offset]!, 0) / 2_500;
    // Standard error of the mean of a uniform sample: rows / √12 / √2500 = 346.
    expect(Math.abs(mean - rows / 2)).toBeLessThan(5 * 346);
    expect(new Set(many!.offsets).size).toBe(2_500);
  });

  it("never keeps more than its bound, whatever classes come", () => {
    const sample = new ClassSample(5_000);
    for (let i = 0; i < 2_000; i++) sample.add(i % 500, row(...new Array<number>(5_000).fill(i)));
    const places = sample.classes().flatMap(({ offsets }) => offsets);
    expect(places.length).toBeLessThanOrEqual(400);
    expect(new Set(places).size).toBe(places.length);
  });

  it("counts rows without a class together", () => {
    const sample = new ClassSample(1);
    for (const index of [-1, -3, 0]) sample.add(index, row(1));
    expect(sample.classes().map(({ index, rows }) => [index, rows])).toEqual([
      [-1, 2],
      [0, 1],
    ]);
  });
});
