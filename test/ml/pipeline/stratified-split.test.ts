import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratifiedSplit } from "../../../packages/ml/src/pipeline/stratified-split.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

const usual = { validationShare: 0.15, testShare: 0.15 };

function split(rowsPerClass: readonly number[], shares = usual, seed = 0) {
  const labels = Int32Array.from(rowsPerClass.flatMap((rows, index) => new Array<number>(rows).fill(index)));
  const rows = Int32Array.from(labels.keys());
  const parts = stratifiedSplit(rows, labels, rowsPerClass.length, shares, createRandom(seed));
  const counts = (part: Int32Array) =>
    rowsPerClass.map((_, index) => part.filter((row) => labels[row] === index).length);
  return { ...parts, counts, rows };
}

describe("the split", () => {
  it("gives every class its share of each part", () => {
    const { training, validation, test, counts } = split([1_000, 200, 40]);
    expect(counts(validation)).toEqual([150, 30, 6]);
    expect(counts(test)).toEqual([150, 30, 6]);
    expect(counts(training)).toEqual([700, 140, 28]);
  });

  it("is the same for the same seed and another for another", () => {
    expect(split([50, 50]).test).toEqual(split([50, 50]).test);
    expect(split([50, 50]).test).not.toEqual(split([50, 50], usual, 1).test);
  });

  it("gives of two rows one to training, the other to test and validation in turn", () => {
    const { training, validation, test, counts } = split([2, 2, 2, 2]);
    expect(counts(training)).toEqual([1, 1, 1, 1]);
    expect(counts(test)).toEqual([1, 0, 1, 0]);
    expect(counts(validation)).toEqual([0, 1, 0, 1]);
  });

  it("gives one row to training, and of three one to each part", () => {
    const { training, validation, test, counts } = split([1, 3, 10_000]);
    expect(counts(training).slice(0, 2)).toEqual([1, 1]);
    expect(counts(validation).slice(0, 2)).toEqual([0, 1]);
    expect(counts(test).slice(0, 2)).toEqual([0, 1]);
  });

  it("leaves training a row of a small class that the other parts would have whole", () => {
    const { training, validation, test, counts } = split([4, 4], { validationShare: 0.4, testShare: 0.4 });
    expect([counts(training), counts(validation), counts(test)]).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
    ]);
  });

  it("uses every row once and leaves every class a training row, whatever the sizes and shares", () => {
    const share = fc.double({ min: 0.05, max: 0.4, noNaN: true });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, share, share, fc.nat(), (rowsPerClass, validationShare, testShare, seed) => {
        const { training, validation, test, counts, rows } = split(rowsPerClass, { validationShare, testShare }, seed);
        expect(Int32Array.from([...training, ...validation, ...test]).sort()).toEqual(rows);
        expect(Math.min(...counts(training))).toBeGreaterThanOrEqual(1);
        for (const [index, size] of rowsPerClass.entries()) {
          if (size < 3) continue;
          expect(counts(validation)[index]).toBeGreaterThanOrEqual(1);
          expect(counts(test)[index]).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it("parts only the rows it is given", () => {
    const labels = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const rows = Int32Array.of(0, 2, 3, 4, 6, 7);
    const { training, validation, test } = stratifiedSplit(rows, labels, 2, usual, createRandom(0));
    expect(Int32Array.from([...training, ...validation, ...test]).sort()).toEqual(rows);
  });
});
