import { describe, expect, it } from "vitest";
import { oversample } from "../../../packages/ml/src/balance/smote.ts";
import type { Samples } from "../../../packages/ml/src/learners/learner.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

function rows(values: readonly (readonly number[])[], labels: readonly number[]): Samples {
  return {
    rowCount: labels.length,
    columnCount: values[0].length,
    values: Float32Array.from(values.flat()),
    labels: Int32Array.from(labels),
    classCount: Math.max(...labels) + 1,
    weights: new Float32Array(labels.length).fill(1),
  };
}

describe("SMOTE", () => {
  const few = rows(
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 0],
      [10, 10],
      [12, 14],
    ],
    [0, 0, 0, 0, 0, 1, 1],
  );

  it("makes classes equal by rows on the line between neighbours of one class", async () => {
    const many = await oversample(few, createRandom(1));
    expect(many.rowCount).toBe(10);
    expect(many.values.subarray(0, 14)).toEqual(few.values);
    expect([...many.labels.subarray(7)]).toEqual([1, 1, 1]);
    for (let row = 7; row < 10; row++) {
      const [x, y] = many.values.subarray(2 * row, 2 * row + 2);
      expect(x).toBeGreaterThanOrEqual(10);
      expect(x).toBeLessThanOrEqual(12);
      expect(y - 10).toBeCloseTo(2 * (x - 10), 4);
    }
  });

  it("repeats a class of one row, leaves out one of none, and bounds what it adds", async () => {
    const single = await oversample(rows([[1], [2], [9]], [0, 0, 2]), createRandom(1));
    expect([...single.labels]).toEqual([0, 0, 2, 2]);
    expect(single.values[3]).toBe(9);
    const labels = [...new Array<number>(50).fill(0), ...Array.from({ length: 100 }, (_, index) => index + 1)];
    const wide = await oversample(
      rows(
        labels.map((label) => [label]),
        labels,
      ),
      createRandom(1),
    );
    expect(wide.rowCount).toBeLessThanOrEqual(5 * labels.length);
  });

  it("at the border only adds rows beside those that have other classes around", async () => {
    const border = [4.4, 4.6];
    const far = [50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61];
    const frequent = Array.from({ length: 30 }, (_, place) => place / 6);
    const values = [...frequent, ...border, ...far].map((value) => [value]);
    const labels = values.map((_, row) => (row < frequent.length ? 0 : 1));
    const added = async (kind: "smote" | "borderline-smote") => {
      const { values: all } = await oversample(rows(values, labels), createRandom(1), undefined, kind);
      return [...all.subarray(values.length)];
    };
    expect((await added("smote")).some((value) => value > 52)).toBe(true);
    const atBorder = await added("borderline-smote");
    expect(atBorder).toHaveLength(16);
    // Between one of the two and its five nearest of the class, the furthest of which is the fourth far one.
    for (const value of atBorder) expect(value).toBeLessThanOrEqual(53);
  });

  it("beside all rows where none is at the border", async () => {
    const apart = rows([[0], [1], [2], [3], [90], [91]], [0, 0, 0, 0, 1, 1]);
    const { rowCount } = await oversample(apart, createRandom(1), undefined, "borderline-smote");
    expect(rowCount).toBe(8);
  });

  it("beside no row that has only other classes around: it may be a mistake", async () => {
    const frequent = Array.from({ length: 40 }, (_, place) => [place / 40, 0]);
    const astray = [[0.5, 0]];
    const group = Array.from({ length: 12 }, (_, place) => [1 + place / 12, 0]);
    const labels = [...frequent.map(() => 0), ...astray.map(() => 1), ...group.map(() => 1)];
    const samples = rows([...frequent, ...astray, ...group], labels);
    const { values } = await oversample(samples, createRandom(1), undefined, "borderline-smote");
    const added = [...values.subarray(samples.values.length)].filter((_, cell) => cell % 2 === 0);
    expect(added.length).toBeGreaterThan(0);
    // The row astray is too far from the group to be one of the five nearest of any row at its border.
    expect(Math.min(...added)).toBeGreaterThanOrEqual(1);
  });

  it("where one of two rows has a gap, the cell of the row that is moved stays", async () => {
    const gap = Number.NaN;
    const samples = rows([[0], [1], [2], [3], [7], [gap]], [0, 0, 0, 0, 1, 1]);
    const { values } = await oversample(samples, createRandom(1));
    const added = [...values.subarray(6)];
    expect(added.map((value) => (Number.isNaN(value) ? "gap" : value)).sort()).toEqual([7, "gap"]);
  });
});
