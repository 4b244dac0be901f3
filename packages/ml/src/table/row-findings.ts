import { type CsvReader, maxCellBytes, maxRowBytes } from "./csv-reader.ts";
import { showForeignText } from "./foreign-file.ts";
import { type Finding, shorten } from "./table-error.ts";

const expectedInCell = {
  "not-a-number": "number",
  "not-finite": "finite number",
  "not-utf8": "UTF-8",
  "cell-too-long": String(maxCellBytes),
  "unclosed-quote": '"',
} as const;

/** What is wrong with the row that the reader read last, in the words of the validation report. */
export function rowFindings(reader: CsvReader, columns: readonly string[]): Finding[] {
  const row = reader.rowNumber;
  return reader.problems.map(({ code, column: index, found: bytes }): Finding => {
    // A cell beyond the last column of the header has no name.
    const column = index < columns.length ? { column: columns[index] } : {};
    const found = shorten(bytes);
    if (code === "too-few-cells" || code === "too-many-cells")
      return { code, row, found, expected: String(columns.length) };
    return { code, row, ...column, found, expected: expectedInCell[code] };
  });
}

/** A cell of the row that the reader read last is no text in UTF-8. */
export function textFinding(reader: CsvReader, column: number, columns: readonly string[]): Finding {
  const found = shorten(showForeignText(reader.cell(column)));
  return { code: "not-utf8", row: reader.rowNumber, column: columns[column], found, expected: "UTF-8" };
}

/** The row after the last one is longer than any row may be. */
export function rowTooLongFinding(reader: CsvReader): Finding {
  const expected = String(maxRowBytes);
  return { code: "cell-too-long", row: reader.rowNumber + 1, found: `> ${expected}`, expected };
}
