import { createRandom } from "@systemhealer/ml/random/random";
import { findNeighbours } from "@systemhealer/ml/space/find-neighbours";
import { NearestRows } from "@systemhealer/ml/space/nearest-rows";
import { describe, expect, it } from "vitest";

const rowCount = 300;
const width = 6;
const random = createRandom(1);
const values = Float32Array.from({ length: rowCount * width }, () => Math.round(8 * random.uniform()) / 4);

describe("NearestRows", () => {
  it("finds what comparing with every row finds", () => {
    const index = new NearestRows(values, rowCount, width);
    for (let trial = 0; trial < 50; trial++) {
      const point = Float32Array.from({ length: width }, () => 3 * random.uniform() - 0.5);
      const rows = new Int32Array(7);
      const squares = new Float64Array(7);
      expect(index.search(point, 0, rows, squares)).toBe(7);
      const all = [...new Array(rowCount).keys()].map((row) => squaredDistance(point, row)).sort((a, b) => a - b);
      expect([...squares]).toEqual(all.slice(0, 7));
      expect([...rows].map((row) => squaredDistance(point, row))).toEqual([...squares]);
    }
  });

  it("finds fewer where there are fewer, and finds rows without any number", () => {
    const rows = new Int32Array(5);
    expect(new NearestRows(values, 3, width).search(values, 0, rows, new Float64Array(5))).toBe(3);
    expect(new NearestRows(new Float32Array(0), 3, 0).search(values, 0, rows, new Float64Array(5))).toBe(3);
  });
});

describe("findNeighbours", () => {
  it("passes over the row itself, not over its equals", async () => {
    const { rows, squares, count } = await findNeighbours(Float32Array.of(0, 0, 1, 3), 4, 1, 2);
    expect(count).toBe(2);
    expect([...rows.subarray(0, 4)]).toEqual([1, 2, 0, 2]);
    expect(rows[6]).toBe(2);
    expect([...squares]).toEqual([0, 1, 0, 1, 1, 1, 4, 9]);
  });

  it("ends when it is told to", async () => {
    await expect(findNeighbours(values, rowCount, width, 3, AbortSignal.abort())).rejects.toThrow();
  });
});

function squaredDistance(point: Float32Array, row: number): number {
  let sum = 0;
  for (let column = 0; column < width; column++) sum += (values[row * width + column] - point[column]) ** 2;
  return sum;
}
