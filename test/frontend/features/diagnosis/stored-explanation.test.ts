import { expect, test } from "vitest";
import { findExplanation, type ReadPiece } from "../../../../frontend/src/features/diagnosis/stored-explanation.ts";

const rows = 20_000;

/** As a merge writes it: the first half of the lines is short, the second long and not of ASCII. */
function storedFile(): Uint8Array {
  const lines = Array.from({ length: rows }, (_, index) => {
    const row = index + 1;
    const isLong = row > rows / 2;
    const kpis = Array.from({ length: isLong ? 5 : 1 }, (_, rank) => ({
      name: isLong ? `磁盘等待时间 ${rank}` : "disk",
      value: row,
      contribution: 1 / (rank + 1),
    }));
    return JSON.stringify({ row, class: `fault-${row % 3}`, baseline: 0, score: 1, method: "tree-shap", kpis });
  });
  return new TextEncoder().encode(`{"schema":"explanations.v1","rows":[\n${lines.join(",\n")}\n]}\n`);
}

const file = storedFile();

function reader(): { readonly read: ReadPiece; readonly pieces: number[] } {
  const pieces: number[] = [];
  return {
    pieces,
    read: async (firstByte, length) => {
      pieces.push(length);
      return { bytes: file.subarray(firstByte, firstByte + length), totalBytes: file.length };
    },
  };
}

test.each([1, 2, 77, 5_000, 9_999, 10_001, 14_321, 19_999, rows])(
  "row %i is found in a file of megabytes by a few pieces of it",
  async (row) => {
    const { read, pieces } = reader();
    const found = await findExplanation(row, rows, read);
    expect(found?.class).toBe(`fault-${row % 3}`);
    expect(found?.kpis[0]?.value).toBe(row);
    expect(pieces.length).toBeLessThanOrEqual(8);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(64 * 1024);
  },
);

test("of a row that was not explained nothing is found, and the search ends", async () => {
  for (const row of [0, rows + 1]) {
    const { read, pieces } = reader();
    expect(await findExplanation(row, rows, read)).toBeNull();
    expect(pieces.length).toBeLessThan(10);
  }
});

test("in a file without rows nothing is found", async () => {
  const bytes = new TextEncoder().encode('{"schema":"explanations.v1","rows":[\n\n]}\n');
  expect(await findExplanation(1, 0, async () => ({ bytes, totalBytes: bytes.length }))).toBeNull();
});

test("rows beyond those that there was time for are found missing after few pieces", async () => {
  const short = file.subarray(0, file.lastIndexOf(0x0a, file.length / 2));
  const pieces: number[] = [];
  const found = await findExplanation(rows - 3, rows, async (firstByte, length) => {
    pieces.push(firstByte);
    return { bytes: short.subarray(firstByte, firstByte + length), totalBytes: short.length };
  });
  expect(found).toBeNull();
  expect(pieces.length).toBeLessThan(12);
});
