import { describe, expect, it } from "vitest";
import { fitEncoding } from "../../../../packages/ml/src/learners/mlp/encoding.ts";

describe("the piecewise-linear encoding", () => {
  const column = (...values: number[]) => ({
    values: Float32Array.from(values),
    rowCount: values.length,
    columnCount: 1,
  });
  const encode = (encoding: ReturnType<typeof fitEncoding>, value: number) => {
    const encoded = new Float32Array(encoding.outputColumns);
    encoding.encode(Float32Array.of(value), 0, encoded);
    return Array.from(encoded);
  };

  it("is 1 for the bins below a number, its share of the bin it is in, 0 above", () => {
    const encoding = fitEncoding(column(0, 1, 2, 3, 4), 4);
    expect(encode(encoding, 2.5)).toEqual([1, 1, 0.5, 0]);
    expect(encode(encoding, -9)).toEqual([0, 0, 0, 0]);
    expect(encode(encoding, 9)).toEqual([1, 1, 1, 1]);
  });

  it("takes one bin where quantiles are equal", () => {
    expect(fitEncoding(column(0, 0, 0, 0, 1), 8).outputColumns).toBeLessThanOrEqual(3);
    expect(encode(fitEncoding(column(0, 1, 0, 1), 1), 1)).toEqual([1]);
  });

  it("of 0 bins, or of nothing but constants, passes the columns on", () => {
    expect(encode(fitEncoding(column(1, 2, 3), 0), 2.5)).toEqual([2.5]);
    expect(encode(fitEncoding(column(3, 3, 3), 4), 2.5)).toEqual([2.5]);
  });
});
