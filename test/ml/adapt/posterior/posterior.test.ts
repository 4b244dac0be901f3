import { describe, expect, it } from "vitest";
import { confirmedWeight } from "../../../../packages/ml/src/adapt/posterior/confirmed-weight.ts";
import { mixPosteriors } from "../../../../packages/ml/src/adapt/posterior/mix-posteriors.ts";
import { pinLabels } from "../../../../packages/ml/src/adapt/posterior/pin-labels.ts";
import { snapPrior } from "../../../../packages/ml/src/adapt/posterior/snap-prior.ts";

const uniform = Float64Array.of(0.5, 0.5);

/** @param shares probability of the first of two classes per row */
function rowsOf(...shares: number[]): Float64Array {
  return Float64Array.from(shares.flatMap((share) => [share, 1 - share]));
}

describe("posteriors", () => {
  it("are mixed by their geometric mean, and none rules a class out for good", () => {
    const mixed = mixPosteriors([rowsOf(0.8, 1), rowsOf(0.2, 0.5)], 2);
    expect(mixed[0]).toBeCloseTo(0.5);
    expect(mixed[2]).toBeGreaterThan(0.9);
    expect(mixed[3]).toBeGreaterThan(0);
    expect(mixPosteriors([rowsOf(0.8), rowsOf(0.2)], 2, [1, 0])[0]).toBeCloseTo(0.8);
  });

  it("give an answer on rows not seen its say as far as it confirms them", () => {
    const believed = rowsOf(...Array<number>(20).fill(0.9));
    const confirming = (rows: number) => rowsOf(...Array.from({ length: 20 }, (_, row) => (row < rows ? 0.6 : 0.4)));
    expect(confirmedWeight(confirming(20), believed, 2)).toBe(1);
    expect(confirmedWeight(confirming(18), believed, 2)).toBeCloseTo(1);
    expect(confirmedWeight(confirming(17), believed, 2)).toBeCloseTo(0.5);
    expect(confirmedWeight(confirming(12), believed, 2)).toBe(0);
  });

  it("that lose a class of few rows do not count, however well they confirm the others", () => {
    const believed = rowsOf(...Array<number>(95).fill(0.9), ...Array<number>(5).fill(0.1));
    const losing = rowsOf(...Array<number>(100).fill(0.9));
    expect(confirmedWeight(losing, believed, 2)).toBe(0);
    const keeping = rowsOf(...Array<number>(95).fill(0.9), ...Array<number>(5).fill(0.4));
    expect(confirmedWeight(keeping, believed, 2)).toBe(1);
  });

  it("are not confirmed by rows whose class is known anyway", () => {
    const believed = rowsOf(...Array<number>(20).fill(0.9));
    const found = rowsOf(...Array.from({ length: 20 }, (_, row) => (row < 17 ? 0.9 : 0.1)));
    expect(confirmedWeight(found, believed, 2)).toBeCloseTo(0.5);
    expect(
      confirmedWeight(
        found,
        believed,
        2,
        Int32Array.from({ length: 10 }, (_, row) => row),
      ),
    ).toBe(0);
    expect(
      confirmedWeight(
        found,
        believed,
        2,
        Int32Array.from({ length: 20 }, (_, row) => row),
      ),
    ).toBe(0);
  });

  it("are balanced where the diagnosed shares are nearly those of training", () => {
    const rows = rowsOf(...Array<number>(20).fill(0.9), ...Array<number>(20).fill(0.3));
    const { posterior, prior } = snapPrior(rows, Float64Array.of(0.52, 0.48));
    expect(prior).toBe("uniform");
    const sharpened = [...Array(40).keys()].map(
      (row) => posterior[2 * row] ** 3 / (posterior[2 * row] ** 3 + posterior[2 * row + 1] ** 3),
    );
    const mean = sharpened.reduce((sum, share) => sum + share, 0) / 40;
    // Half a standard error of 40 rows is 0.04.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.042);
  });

  it("are not balanced at the cost of rows that are sure of their class, however vague the others are", () => {
    // Half of the rows are of either class, and all vagueness leans to the first.
    const rows = rowsOf(...Array<number>(21).fill(0.6), ...Array<number>(19).fill(0.45));
    const { posterior } = snapPrior(rows, uniform);
    const firsts = [...Array(40).keys()].filter((row) => posterior[2 * row] > 0.5);
    expect(firsts).toEqual([...Array(21).keys()]);
  });

  it("stay as they are where the shares are neither equal nor those of training", () => {
    const rows = rowsOf(...Array<number>(38).fill(0.9), 0.1, 0.1);
    expect(snapPrior(rows, uniform)).toMatchObject({ prior: "none", posterior: rows });
    expect(snapPrior(rows, Float64Array.of(0.93, 0.07)).prior).toBe("training");
  });

  it("know what a label tells", () => {
    const labelled = { rows: Int32Array.of(1), labels: Int32Array.of(0) };
    const pinned = pinLabels(rowsOf(0.3, 0.2), 2, labelled);
    expect([...pinned.subarray(0, 2)]).toEqual([0.3, 0.7]);
    expect(pinned[2]).toBeGreaterThan(0.99);
  });
});
