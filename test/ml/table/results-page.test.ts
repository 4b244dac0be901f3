import { ResultsWriter, resultsHeader } from "@systemhealer/ml/table/results-csv";
import { readResultsLayout, scanResults } from "@systemhealer/ml/table/results-page";
import { describe, expect, it } from "vitest";

const classes = ["1", "=sum, of"];

function results(rows: number, options: { idColumn?: string; novelty?: boolean; anomalies?: boolean } = {}) {
  const columns = { classes, ...options };
  const writer = new ResultsWriter(columns);
  for (let row = 1; row <= rows; row++) {
    const p = row / rows;
    writer.addRow(row, Buffer.from(`=n,${row}`), p >= 0.5 ? 1 : 0, Float32Array.of(1 - p, p), 0, row, row % 10 === 0);
  }
  return { header: resultsHeader(columns), rows: writer.take() };
}

async function* inPieces(bytes: Uint8Array, size = 100) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("a page of results.csv", () => {
  it("has the columns that its header names", async () => {
    expect(await readResultsLayout(results(1).header)).toEqual({
      idColumn: null,
      classes,
      novelty: false,
      anomalies: false,
    });
    expect(await readResultsLayout(results(1, { idColumn: "diagnosis" }).header)).toMatchObject({
      idColumn: "diagnosis",
    });
    expect(await readResultsLayout(results(1, { idColumn: "=id", novelty: true }).header)).toEqual({
      idColumn: "=id",
      classes,
      novelty: true,
      anomalies: false,
    });
    expect(await readResultsLayout(results(1, { novelty: true, anomalies: true }).header)).toEqual({
      idColumn: null,
      classes,
      novelty: true,
      anomalies: true,
    });
    await expect(readResultsLayout(Buffer.from("a,b\n"))).rejects.toThrow("not the header");
  });

  it("begins and ends at the rows that are asked for", async () => {
    const { header, rows } = results(100, { idColumn: "sample_id" });
    const layout = await readResultsLayout(header);
    const page = await scanResults(inPieces(rows), layout, { firstRow: 1, from: 41, limit: 3, filter: {} });
    expect(page.passedRows).toBe(3);
    expect(page.items[0]).toEqual({
      row: 41,
      id: "=n,41",
      diagnosis: "1",
      confidence: 0.59,
      probabilities: [0.59, 0.41],
    });
    expect(page.items.map(({ row }) => row)).toEqual([41, 42, 43]);
  });

  it("holds only the rows that pass all filters", async () => {
    const { header, rows } = results(100, { idColumn: "sample_id", novelty: true });
    const layout = await readResultsLayout(header);
    const find = async (filter: Parameters<typeof scanResults>[2]["filter"]) =>
      (await scanResults(inPieces(rows), layout, { firstRow: 1, from: 1, limit: 200, filter })).items.map(
        ({ row }) => row,
      );
    expect(await find({ diagnosis: "=sum, of" })).toHaveLength(51);
    expect(await find({ diagnosis: "1", maxConfidence: 0.52 })).toEqual([48, 49]);
    expect(await find({ minConfidence: 0.98 })).toEqual([1, 2, 98, 99, 100]);
    expect(await find({ unknown: true })).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(await find({ unknown: false })).toHaveLength(90);
    expect(await find({ search: "7" })).toHaveLength(19);
    expect(await find({ search: "N,77" })).toEqual([77]);
    expect(await find({ diagnosis: "none" })).toEqual([]);
  });
});
