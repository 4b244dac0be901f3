import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeCell, ResultsWriter, readableText, resultsHeader } from "../../../packages/ml/src/table/results-csv.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("a cell of the results", () => {
  test.each([
    ["=1+1", "'=1+1"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
    ["'=1", "''=1"],
  ])("%j, which a spreadsheet may run, is written as %j", (cell, written) => {
    expect(text(encodeCell(cell))).toBe(written);
  });

  test.each(["-5", "+1.5e3", "-0.25", "a=b", "it's", "'quoted'", "Heavy Workload", "故障", ""])(
    "%j is written as it stands",
    (cell) => expect(text(encodeCell(cell))).toBe(cell),
  );

  test("can be read back", () => {
    const strings = fc.string({ unit: fc.constantFrom("=", "'", "-", "1", "a", '"', ",", "\t", "é") });
    fc.assert(
      fc.property(strings, (cell) => {
        const written = text(encodeCell(cell));
        const unquoted = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
        expect(readableText(unquoted)).toBe(cell);
        const number = /^[+-]?\d+$/.test(cell);
        if (!number) expect(/^[=+\-@\t\r]/.test(unquoted)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("results.csv", () => {
  const classes = ["0", "disk, full", "=evil"];

  test("has one probability column per class", () => {
    expect(text(resultsHeader({ classes }))).toBe('row,diagnosis,confidence,p_0,"p_disk, full",p_=evil\n');
    expect(text(resultsHeader({ classes: ["x"], idColumn: "sample_id" }))).toBe(
      "row,sample_id,diagnosis,confidence,p_x\n",
    );
  });

  test("has rows with six decimals", () => {
    const writer = new ResultsWriter({ classes, idColumn: "id" });
    const probabilities = Float32Array.of(9, 9, 9, 0.25, 0.7499996, 0.0000007);
    writer.addRow(12, Buffer.from("s1"), 1, probabilities, 3);
    writer.addRow(12_345_678, Buffer.from("=1"), 2, Float32Array.of(0, 1e-9, 1), 0);
    writer.addRow(3, Buffer.from('a "b", c'), 0, Float32Array.of(1 / 3, 1 / 3, 1 / 3), 0);
    expect(text(writer.take())).toBe(
      '12,s1,"disk, full",0.750000,0.250000,0.750000,0.000001\n' +
        "12345678,'=1,'=evil,1.000000,0.000000,0.000000,1.000000\n" +
        '3,"a ""b"", c",0,0.333333,0.333333,0.333333,0.333333\n',
    );
    expect(writer.take().length).toBe(0);
  });

  test("has no id cells where the table has no ids, and grows over many rows", () => {
    const writer = new ResultsWriter({ classes: ["a", "b"] });
    const none = new Uint8Array(0);
    for (let row = 1; row <= 20_000; row++) writer.addRow(row, none, row % 2, Float32Array.of(0.5, 0.5), 0);
    const lines = text(writer.take()).split("\n");
    expect(lines.length).toBe(20_001);
    expect(lines[0]).toBe("1,b,0.500000,0.500000,0.500000");
    expect(lines[19_999]).toBe("20000,a,0.500000,0.500000,0.500000");
  });
});
