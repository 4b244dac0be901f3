import { expect, it } from "vitest";
import { drawWeighted } from "../../../packages/ml/src/honesty/draw-weighted.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

it("draws each place once, in rising order, the heavier the more often", () => {
  const random = createRandom(1);
  const counts = [0, 0, 0, 0];
  for (let round = 0; round < 2_000; round++) {
    const drawn = drawWeighted(Float64Array.of(0, 1, 2, 5), 2, random);
    expect(drawn).toHaveLength(2);
    expect(drawn[0]).toBeLessThan(drawn[1]);
    for (const place of drawn) counts[place]++;
  }
  expect(counts[0]).toBe(0);
  // The first of two is the heaviest with 5/8; as second it comes with 5/7 after a 1 and 5/6 after a 2.
  expect(counts[3] / 2_000).toBeCloseTo(5 / 8 + (1 / 8) * (5 / 7) + (2 / 8) * (5 / 6), 1);
  expect(counts[2]).toBeGreaterThan(counts[1]);
});

it("draws places of no weight where there is nothing else", () => {
  expect(drawWeighted(Float64Array.of(0, 3, 0), 3, createRandom(1))).toEqual([0, 1, 2]);
});
