import { describe, expect, it } from "vitest";
import { selectColumns } from "../../../../packages/ml/src/preprocess/select/select-columns.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const kinds = ["fisher", "mutual-information", "importance", "stability"] as const;
const random = createRandom(4);
const rowCount = 400;
const columnCount = 12;
const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 3);
/** Columns 2 and 5 tell the class, with magnitudes and gaps; the others are noise, constant or empty. */
const values = Float32Array.from({ length: rowCount * columnCount }, (_, cell) => {
  const row = Math.floor(cell / columnCount);
  const column = cell % columnCount;
  if (column === 2) return 1e12 * (labels[row] + 0.3 * normal(random));
  if (column === 5) return random.uniform() < 0.2 ? Number.NaN : labels[row] - 0.5 * normal(random);
  if (column === 10) return 7;
  if (column === 11) return Number.NaN;
  return normal(random);
});
const raw = { columnCount, values };
const rows = Int32Array.from(labels.keys());
const chosen = (scores: readonly { readonly kept: boolean }[]) => [...scores.keys()].filter((at) => scores[at].kept);

describe.each(kinds)("selection by %s", (selection) => {
  it("finds the columns that tell the class by itself", async () => {
    const scores = await selectColumns(raw, rows, labels, 3, { selection, keepFeatures: 0, seed: 0 });
    expect(chosen(scores)).toEqual([2, 5]);
    expect(scores.every(({ score }) => Number.isFinite(score))).toBe(true);
  });

  it("keeps as many as it is told to, never one that tells nothing", async () => {
    expect(chosen(await selectColumns(raw, rows, labels, 3, { selection, keepFeatures: 1, seed: 0 }))).toHaveLength(1);
    const all = await selectColumns(raw, rows, labels, 3, { selection, keepFeatures: 100, seed: 0 });
    expect(chosen(all)).not.toContain(10);
  });

  it("keeps everything where nothing tells anything", async () => {
    const noise = { columnCount: 2, values: Float32Array.from({ length: 2 * rowCount }, () => 5) };
    const scores = await selectColumns(noise, rows, labels, 3, { selection, keepFeatures: 0, seed: 0 });
    expect(chosen(scores)).toEqual([0, 1]);
  });

  it("looks at the given rows only", async () => {
    const part = rows.subarray(0, 200);
    const changed = { columnCount, values: values.map((value, cell) => (cell < 200 * columnCount ? value : 0)) };
    const settings = { selection, keepFeatures: 0, seed: 0 };
    const found = await selectColumns(raw, part, labels, 3, settings);
    expect(await selectColumns(changed, part, labels, 3, settings)).toEqual(found);
  });
});
