import { expect, it } from "vitest";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { latestSegment } from "../../../packages/ml/src/recovery/latest-segment.ts";

const stretches = (shares: readonly number[], rows = 20) =>
  shares.map((share) => ({ rows, faulty: Math.round(share * rows) }));
const repeated = (share: number, times: number) => new Array<number>(times).fill(share);

it.each([
  ["nothing but faults", stretches(repeated(1, 12)), 0],
  ["no fault at all", stretches(repeated(0, 12)), 0],
  ["one stretch", stretches([0.5]), 0],
  ["no rows", [], 0],
  ["a repair", stretches([...repeated(0.9, 8), ...repeated(0, 7)]), 8],
  ["a fault that comes back", stretches([...repeated(0.9, 6), ...repeated(0, 10), ...repeated(0.8, 3)]), 16],
  ["a fault that grows", stretches([...repeated(0, 9), ...repeated(0.3, 9)]), 9],
  ["a change of five points in a hundred", stretches([...repeated(0.05, 20), ...repeated(0, 20)], 400), 0],
  ["two rows of a fault at the very beginning", stretches([0.1, ...repeated(0, 10)]), 0],
])("the latest state of %s", (_, counts, first) => {
  expect(latestSegment(counts)).toBe(first);
});

it("sees a change in hardly any series that has none", () => {
  const random = createRandom(5);
  const series = 400;
  let changes = 0;
  for (let each = 0; each < series; each++) {
    const counts = Array.from({ length: 40 }, () => {
      let faulty = 0;
      for (let row = 0; row < 8; row++) if (random.uniform() < 0.2) faulty++;
      return { rows: 8, faulty };
    });
    if (latestSegment(counts) > 0) changes++;
  }
  expect(changes / series).toBeLessThan(0.05);
});
