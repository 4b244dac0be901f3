import { describe, expect, it } from "vitest";
import { dropDuplicates } from "../../../packages/ml/src/pipeline/drop-duplicates.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

function table(rows: readonly (readonly number[])[], labels: readonly number[]): Table & { labels: Int32Array } {
  return {
    featureNames: rows[0].map((_, column) => `f${column}`),
    rowCount: rows.length,
    values: Float32Array.from(rows.flat()),
    labels: Int32Array.from(labels),
    classes: ["a", "b"],
  };
}

describe("rows that repeat an earlier one", () => {
  it("are dropped where features and label are equal, gaps and signs of zero included", async () => {
    const gap = Number.NaN;
    const rows = table(
      [
        [1, gap],
        [1, gap],
        [1, 2],
        [0, 2],
        [-0, 2],
        [1, gap],
      ],
      [0, 0, 0, 1, 1, 1],
    );
    expect(await dropDuplicates(rows, rows.labels)).toEqual(Int32Array.of(0, 2, 3, 5));
  });

  it("are found among many, and no other row is taken for one", async () => {
    const unique = syntheticTable({ rowsPerClass: [2_000, 2_000], columns: 3 });
    const values = Float32Array.from([...unique.values, ...unique.values]);
    const labels = Int32Array.from([...unique.labels!, ...unique.labels!]);
    const doubled: Table = { ...unique, rowCount: 8_000, values, labels };
    expect(await dropDuplicates(doubled, labels)).toEqual(Int32Array.from({ length: 4_000 }, (_, row) => row));
  });

  it("may be all but one, or none of none", async () => {
    const same = table(new Array(50).fill([3, 4]), new Array(50).fill(1));
    expect(await dropDuplicates(same, same.labels)).toEqual(Int32Array.of(0));
    const none: Table = { featureNames: ["f"], rowCount: 0, values: new Float32Array(0) };
    expect(await dropDuplicates(none, new Int32Array(0))).toHaveLength(0);
  });
});
