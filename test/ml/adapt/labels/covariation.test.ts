import { expect, it } from "vitest";
import { covariationWith } from "../../../../packages/ml/src/adapt/labels/covariation.ts";

/** Two classes; per row the probability of the first one. */
const way = (...first: number[]) => Float64Array.from(first.flatMap((probability) => [probability, 1 - probability]));

it("rows that the ways take for one class or another together go together, those by turns against each other", async () => {
  const ways = [way(0.9, 0.8, 0.1, 0.7), way(0.1, 0.2, 0.9, 0.7)];
  const found = await covariationWith(ways, 2, Int32Array.of(0));
  expect(found[0]).toBeGreaterThan(0.9);
  expect(found[1]).toBeGreaterThan(0.9);
  expect(found[2]).toBeLessThan(-0.9);
});

it("a row of which all ways say the same goes with none", async () => {
  const ways = [way(0.9, 0.7), way(0.1, 0.7)];
  const found = await covariationWith(ways, 2, Int32Array.of(0, 1));
  expect(found).toHaveLength(4);
  expect([...found.slice(1)].map((value) => Math.abs(value))).toEqual([0, 0, 0]);
});

it("differences too small to mean anything count for little", async () => {
  const ways = [way(0.501, 0.501), way(0.499, 0.499)];
  const [own] = await covariationWith(ways, 2, Int32Array.of(0));
  expect(own).toBeLessThan(0.01);
});
