import { describe, expect, it } from "vitest";
import {
  decodeTrainingSample,
  encodeTrainingSample,
  SampleUnreadableError,
} from "../../../../packages/ml/src/adapt/sample/training-sample.ts";

const columnCount = 3;
const labels = Int32Array.from({ length: 9_000 }, (_, row) => (row % 10 === 0 ? 1 : row % 1_000 === 1 ? 2 : 0));
const values = Float32Array.from({ length: labels.length * columnCount }, (_, cell) =>
  cell % 7 === 0 ? Number.NaN : Math.fround(cell * 1.1),
);
const rows = Int32Array.from(labels.keys());
const written = encodeTrainingSample({ columnCount, values }, rows, labels, 3, 4);

describe("the training rows that a model carries", () => {
  it("are at most 3,000, equally many of each class as far as it has them", () => {
    const sample = decodeTrainingSample(written);
    const counts = [0, 0, 0];
    for (const label of sample.labels) counts[label]++;
    expect(counts).toEqual([1_000, 900, 9]);
    expect([...sample.classRows]).toEqual([8_091, 900, 9]);
  });

  it("come back bit by bit, gaps among them", () => {
    const { columns, labels: found } = decodeTrainingSample(written);
    const originals = new Map(Array.from(rows, (row) => [keyOf(row), labels[row]]));
    for (let row = 0; row < found.length; row++) {
      expect(originals.get(columns.map((column) => column[row]).join())).toBe(found[row]);
    }
  });

  it("are drawn by the seed", () => {
    expect(encodeTrainingSample({ columnCount, values }, rows, labels, 3, 4)).toBe(written);
    expect(encodeTrainingSample({ columnCount, values }, rows, labels, 3, 5)).not.toBe(written);
  });

  it("are refused where they are damaged", () => {
    for (const text of [
      "",
      "{}",
      '{"schema":"sample.v1"}',
      '{"schema":"sample.v2"}',
      written.replace(/"rows":\d+/, '"rows":7'),
    ]) {
      expect(() => decodeTrainingSample(text)).toThrow(SampleUnreadableError);
    }
    expect(() => decodeTrainingSample(written.replace(/"numbers":"..../, '"numbers":"????'))).toThrow(
      SampleUnreadableError,
    );
  });
});

function keyOf(row: number): string {
  return [...values.subarray(row * columnCount, (row + 1) * columnCount)].join();
}
