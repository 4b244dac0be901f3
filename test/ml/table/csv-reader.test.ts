import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CsvReader,
  keepText,
  maxCellBytes,
  maxRowBytes,
  skipColumn,
} from "../../../packages/ml/src/table/csv-reader.ts";
import type { Delimiter } from "../../../packages/ml/src/table/dialect.ts";

interface ReadRow {
  readonly values: readonly number[];
  readonly texts: readonly (string | undefined)[];
  readonly problems: readonly string[];
  readonly endByte: number;
}

/** Reads two numbers and a text per row, in pieces that end at these positions. */
function read(content: string | Uint8Array, cuts: readonly number[] = [], delimiter: Delimiter = ","): ReadRow[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const reader = new CsvReader({ delimiter, uses: [0, 1, keepText], exact: true });
  const rows: ReadRow[] = [];
  const drain = () => {
    while (reader.readRow()) {
      const problems = reader.problems.map(({ code, column, found }) => `${code} ${column} ${found}`);
      const { endByte } = reader;
      rows.push({ values: [...reader.values], texts: [reader.text(2)], problems, endByte });
    }
  };
  let start = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    reader.push(bytes.subarray(start, cut));
    drain();
    start = cut;
  }
  reader.finish();
  drain();
  return rows;
}

const values = (rows: readonly ReadRow[]) => rows.map((row) => row.values);
const texts = (rows: readonly ReadRow[]) => rows.map((row) => row.texts[0]);
const problems = (rows: readonly ReadRow[]) => rows.map((row) => row.problems);

describe("a CSV reader", () => {
  test("reads LF and CRLF, with and without a last line feed", () => {
    for (const content of ["1,2,a\n3,4,b\n", "1,2,a\r\n3,4,b\r\n", "1,2,a\n3,4,b", "1,2,a\r\n3,4,b\r"]) {
      const rows = read(content);
      expect(values(rows)).toEqual([
        [1, 2],
        [3, 4],
      ]);
      expect(texts(rows)).toEqual(["a", "b"]);
      expect(problems(rows).flat()).toEqual([]);
    }
  });

  test.each([",", ";", "\t"] as const)("reads cells between %j", (delimiter) => {
    const rows = read(["1", "-2.5e3", "a b"].join(delimiter), [], delimiter);
    expect(values(rows)).toEqual([[1, -2500]]);
    expect(texts(rows)).toEqual(["a b"]);
  });

  test("reads a decimal comma as text, not as two cells", () => {
    expect(problems(read("1,5;2;a\n", [], ";"))).toEqual([["not-a-number 0 1,5"]]);
  });

  test("skips blank lines, which do not count as rows", () => {
    expect(values(read("\n1,2,a\n  \n\r\n\t\n3,4,b\n\n"))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("takes blanks around numbers and texts for nothing", () => {
    const rows = read(" 1 ,\t2\t, a b \n");
    expect(values(rows)).toEqual([[1, 2]]);
    expect(texts(rows)).toEqual(["a b"]);
  });

  test.each(["", " ", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "-", '""', '"NA"'])(
    "takes %j for a gap",
    (gap) => {
      const rows = read(`${gap},2,a\n1,${gap},b\n`);
      expect(values(rows)).toEqual([
        [Number.NaN, 2],
        [1, Number.NaN],
      ]);
      expect(problems(rows).flat()).toEqual([]);
    },
  );

  test.each(["Inf", "-inf", "+Infinity", "-INF", "1e999", '"-1e400"', "9".repeat(310)])(
    "does not take %s for a finite number, however it is read",
    (cell) => {
      for (const exact of [true, false]) {
        const reader = new CsvReader({ delimiter: ",", uses: [0, 1], exact });
        reader.push(Buffer.from(`${cell},2\n`));
        reader.finish();
        expect(reader.readRow()).toBe(true);
        expect([...reader.values]).toEqual([Number.NaN, 2]);
        expect(reader.problems).toEqual([{ code: "not-finite", column: 0, found: cell }]);
      }
    },
  );

  test("reads quoted cells with doubled quotes, delimiters and line feeds", () => {
    const rows = read('"1"," 2 ","a ""b"", c\nd"\r\n3,4,""\n');
    expect(values(rows)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(texts(rows)).toEqual(['a "b", c\nd', ""]);
  });

  test("names what is no number, and reads the rest of the row", () => {
    const rows = read('1,abc,x\n"a""b",2,y\n1 2,1-,z\n');
    expect(problems(rows)).toEqual([
      ["not-a-number 1 abc"],
      ['not-a-number 0 "a""b"'],
      ["not-a-number 0 1 2", "not-a-number 1 1-"],
    ]);
    expect(values(rows)[1]).toEqual([Number.NaN, 2]);
    expect(texts(rows)).toEqual(["x", "y", "z"]);
  });

  test("names rows with too few and too many cells, and nothing else in them", () => {
    const rows = read("1\n1,b\n1,2,a,4,5\n1,2,\n");
    expect(problems(rows)).toEqual([["too-few-cells 0 1"], ["too-few-cells 1 2"], ["too-many-cells 2 5"], []]);
    expect(values(rows)[0]).toEqual([1, Number.NaN]);
  });

  test("names bytes that are not UTF-8 in a column of numbers, and gives no text for them", () => {
    const rows = read(Buffer.from([0xff, 44, 50, 44, 0xe9, 10]));
    expect(problems(rows)[0][0]).toMatch(/^not-utf8 0/);
    expect(texts(rows)).toEqual([undefined]);
  });

  test("finds an unclosed quote and goes on with the next line", () => {
    for (const content of ['1,"2,a\n3,4,b\n', '1,2,"a\n3,4,b\n']) {
      const rows = read(content);
      expect(rows.map((row) => row.problems.map((problem) => problem.split(" ")[0]))).toEqual([["unclosed-quote"], []]);
      expect(values(rows)[1]).toEqual([3, 4]);
    }
  });

  test("names a quoted cell with a line break in a column of numbers once, and reads on after it", () => {
    for (const cell of ['"2\n3"', '"2\r\n3\r\n"', '" 2, ""x""\n,"']) {
      for (const [before, after] of [
        ["1,", ",a\n"],
        ["", " ,1,a\r\n"],
      ] as const) {
        const rows = read(`${before}${cell}${after}4,5,b\n`);
        expect(problems(rows).map((row) => row.map((problem) => problem.split(" ")[0]))).toEqual([
          ["not-a-number"],
          [],
        ]);
        expect(values(rows)[1]).toEqual([4, 5]);
        expect(texts(rows)).toEqual(["a", "b"]);
      }
    }
  });

  test("finds an unclosed quote before cells that are quoted well, and takes no row for a part of another", () => {
    for (const content of ['1,"2,a\n3,"4",b\n5,6,"c"\n', '1,2,"a\n3,"4","b"\n5,6,c\n']) {
      const rows = read(content);
      expect(rows.map((row) => row.problems.map((problem) => problem.split(" ")[0]))).toEqual([
        ["unclosed-quote"],
        [],
        [],
      ]);
      expect(values(rows).slice(1)).toEqual([
        [3, 4],
        [5, 6],
      ]);
      expect(texts(rows).slice(1)).toEqual(["b", "c"]);
    }
  });

  test("finds an unclosed quote in a long file long before its end", () => {
    const rows = read(`1,2,"a\n${"3,4,b\n".repeat(20_000)}`);
    expect(rows.length).toBe(20_001);
    expect(problems(rows)[0][0]).toMatch(/^unclosed-quote 2/);
    expect(problems(rows).slice(1).flat()).toEqual([]);
  });

  test("names a cell that is too long", () => {
    const rows = read(`1,2,${"x".repeat(maxCellBytes + 1)}\n3,4,${"y".repeat(maxCellBytes)}\n`);
    expect(problems(rows)[0][0]).toMatch(/^cell-too-long 2 xxx/);
    expect(problems(rows)[1]).toEqual([]);
    expect(texts(rows)[1]?.length).toBe(maxCellBytes);
  });

  test("gives up on a row beyond all bounds", () => {
    const reader = new CsvReader({ delimiter: ",", uses: [0], exact: true });
    const chunk = new Uint8Array(1 << 20).fill(120);
    for (let pushed = 0; pushed <= 2 * maxRowBytes && !reader.rowTooLong; pushed += chunk.length) {
      reader.push(chunk);
      expect(reader.readRow()).toBe(false);
    }
    expect(reader.rowTooLong).toBe(true);
  });

  test("does not look at columns that are not asked for", () => {
    const reader = new CsvReader({ delimiter: ",", uses: [skipColumn, 0, skipColumn], exact: false, firstRow: 8 });
    reader.push(Buffer.from('abc,5,"x,y"\n'));
    reader.finish();
    expect(reader.readRow()).toBe(true);
    expect([...reader.values]).toEqual([5]);
    expect(reader.rowNumber).toBe(8);
    expect(reader.problems).toEqual([]);
    expect(reader.readRow()).toBe(false);
  });

  test("reads the same rows however the bytes are cut into chunks", () => {
    const content =
      '1.25,"2",a\r\n\r\n-3e-2, NA ,"b ""x"",\ny"\n4,x,ü\n5\n6,7,c,8\n"9,1,d\n10,-Infinity,\n  \n123456789.123456789,0.1,e';
    const whole = read(content);
    expect(whole.length).toBe(8);
    const length = Buffer.byteLength(content);
    const cuts = fc.array(fc.integer({ min: 0, max: length }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (positions) => {
        expect(read(content, positions)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
    const everyByte = Array.from({ length }, (_, i) => i);
    expect(read(content, everyByte)).toEqual(whole);
  });

  test("reads the same of any bytes at all, however they are cut", () => {
    const piece = fc
      .constantFrom(...'",\n\r\t ;19.-eNA\0', '""', "é", "\xff", "\r\n", "1,2,x\n")
      .map((text) => (text === "\xff" ? Buffer.of(0xff) : Buffer.from(text)));
    const bytes = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.concat(pieces));
    fc.assert(
      fc.property(bytes, (content) => {
        const everyByte = Array.from({ length: content.length }, (_, i) => i);
        expect(read(content, everyByte)).toEqual(read(content));
      }),
      { numRuns: 2_000 },
    );
  });

  test("reads back whatever cells are written", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é", "7") });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        const rows = read(cells.map((text) => `1,2,${quoted(text)}\r\n`).join(""));
        // Blanks around a text do not count, and neither do carriage returns.
        expect(texts(rows)).toEqual(cells.map((text) => text.replace(/^[ \r]+|[ \r]+$/g, "")));
      }),
      { numRuns: 500 },
    );
  });

  test("tells where each row ends", () => {
    expect(read('1,2,a\r\n\n3,4,"b\nc"\n5,6,d').map((row) => row.endByte)).toEqual([7, 18, 23]);
  });
});
