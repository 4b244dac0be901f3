import { describe, expect, it } from "vitest";
import type { Samples } from "../../../../../packages/ml/src/learners/learner.ts";
import { silentGaps } from "../../../../../packages/ml/src/learners/trees/gaps/silent-gaps.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";

const rowCount = 600;
const classCount = 6;

/** @param gapShares per column, of each class the share of gaps */
function rowsWithGaps(gapShares: readonly (readonly number[])[], seed = 1): Samples {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % classCount);
  const values = new Float32Array(rowCount * gapShares.length);
  for (let cell = 0; cell < values.length; cell++) {
    const label = labels[Math.floor(cell / gapShares.length)];
    values[cell] = random.uniform() < gapShares[cell % gapShares.length][label] ? Number.NaN : random.uniform();
  }
  const weights = new Float32Array(rowCount).fill(1);
  return { rowCount, columnCount: gapShares.length, classCount, values, labels, weights };
}

const alike = (share: number) => new Array<number>(classCount).fill(share);

describe("gaps", () => {
  it("are silent where they come at random, or never, or always", () => {
    expect([...silentGaps(rowsWithGaps([alike(0.12), alike(0), alike(1)]))]).toEqual([1, 1, 1]);
  });

  it("tell something where one class has more or fewer of them", () => {
    const more = [0.4, 0.1, 0.1, 0.1, 0.1, 0.1];
    const only = [0, 0, 0, 0, 0, 0.3];
    expect([...silentGaps(rowsWithGaps([more, only, alike(0.1)]))]).toEqual([0, 0, 1]);
  });

  it("that are silent are taken for others once in a hundred columns", () => {
    const flags = silentGaps(
      rowsWithGaps(
        Array.from({ length: 2_000 }, () => alike(0.08)),
        3,
      ),
    );
    const told = flags.filter((flag) => flag === 0).length;
    expect(told).toBeGreaterThan(5);
    expect(told).toBeLessThan(40);
  });

  it("of classes without rows say nothing", () => {
    const rows = rowsWithGaps([alike(0.2)]);
    expect([...silentGaps({ ...rows, classCount: 9 })]).toEqual([1]);
    expect([...silentGaps({ ...rows, labels: new Int32Array(rowCount) })]).toEqual([1]);
  });
});
