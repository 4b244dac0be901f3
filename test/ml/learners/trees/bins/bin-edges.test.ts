import { describe, expect, it } from "vitest";
import { between, binEdges, binOf } from "../../../../../packages/ml/src/learners/trees/bins/bin-edges.ts";
import { sortFloats } from "../../../../../packages/ml/src/learners/trees/bins/sort-floats.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";

const edgesOf = (values: number[], bins = 255) => binEdges(Float32Array.from(values), bins);

describe("bins", () => {
  it("give every distinct value its own bin where they are few, and a gap bin 0", () => {
    const edges = edgesOf([3, 1, Number.NaN, 1, 2, -5]);
    expect([-5, 1, 2, 3].map((value) => binOf(value, edges))).toEqual([1, 2, 3, 4]);
    expect(binOf(Number.NaN, edges)).toBe(0);
    expect(binOf(99, edges)).toBe(4);
    expect(binOf(-99, edges)).toBe(1);
  });

  it("hold about equally many rows where the values are many", () => {
    const random = createRandom(4);
    const values = Array.from({ length: 10_000 }, () => Math.exp(8 * random.uniform()));
    const edges = edgesOf(values, 50);
    expect(edges.length).toBe(50);
    const counts = new Int32Array(51);
    for (const value of values) counts[binOf(Math.fround(value), edges)]++;
    expect(Math.min(...counts.slice(1))).toBeGreaterThan(150);
    expect(Math.max(...counts)).toBeLessThan(250);
  });

  it("part neighbours of float32 as a comparison with the edge does", () => {
    const one = Math.fround(1);
    const next = 1 + 2 ** -23;
    const edges = edgesOf([one, next]);
    expect(edges[0] >= one && edges[0] < next).toBe(true);
    expect(binOf(one, edges)).not.toBe(binOf(next, edges));
    expect(between(3e38, 3.4e38)).toBeGreaterThan(3e38);
  });

  it("are one for a constant column and for one that is all gaps", () => {
    expect(edgesOf([7, 7, 7])).toEqual(Float32Array.of(Number.POSITIVE_INFINITY));
    expect(edgesOf([Number.NaN, Number.NaN])).toEqual(Float32Array.of(Number.POSITIVE_INFINITY));
  });
});

describe("sortFloats", () => {
  it("sorts as the language does, whatever sign and magnitude", () => {
    const random = createRandom(5);
    for (const count of [0, 1, 5, 5_000]) {
      const values = Float32Array.from(
        { length: count },
        () => (random.uniform() - 0.5) * 10 ** (random.below(60) - 30),
      );
      const expected = values.slice().sort();
      sortFloats(values, new Uint32Array(count));
      expect(values).toEqual(expected);
    }
  });
});
