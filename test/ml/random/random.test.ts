import { describe, expect, it } from "vitest";
import { createRandom, fromState } from "../../../packages/ml/src/random/random.ts";
import { shuffle } from "../../../packages/ml/src/random/shuffle.ts";

describe("the random generator", () => {
  it("gives the numbers of xoshiro128** 1.1 from the state 1, 2, 3, 4", () => {
    const random = fromState([1, 2, 3, 4]);
    expect(Array.from({ length: 6 }, () => random.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492,
    ]);
  });

  it("repeats itself from the same seed and differs from another", () => {
    const numbers = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.uint32());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    expect(new Set(numbers(0)).size).toBe(5);
  });

  it("draws whole numbers below a bound about equally often", () => {
    const random = createRandom(3);
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw++) counts[random.below(7)]++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it("draws uniform numbers from 0 up to but not 1", () => {
    const random = createRandom(4);
    let total = 0;
    for (let draw = 0; draw < 50_000; draw++) {
      const value = random.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      total += value;
    }
    expect(total / 50_000).toBeCloseTo(0.5, 2);
  });

  it("refuses a state of zeros and a bound that is no count", () => {
    expect(() => fromState([0, 0, 0, 0])).toThrow(RangeError);
    expect(() => createRandom(1).below(0)).toThrow(RangeError);
    expect(() => createRandom(1).below(1.5)).toThrow(RangeError);
  });
});

describe("shuffle", () => {
  it("keeps every element and brings each to the front equally often", () => {
    const random = createRandom(11);
    const fronts = new Array<number>(5).fill(0);
    for (let round = 0; round < 20_000; round++) {
      const elements = Int32Array.of(0, 1, 2, 3, 4);
      shuffle(elements, random);
      fronts[elements[0]]++;
      expect(elements.toSorted()).toEqual(Int32Array.of(0, 1, 2, 3, 4));
    }
    for (const count of fronts) expect(Math.abs(count - 4_000)).toBeLessThan(250);
  });

  it("takes one element and none", () => {
    for (const elements of [Int32Array.of(), Int32Array.of(9)]) {
      shuffle(elements, createRandom(1));
      expect(elements.length).toBeLessThanOrEqual(1);
    }
  });
});
