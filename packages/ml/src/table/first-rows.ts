import { decodeLossy } from "./cell.ts";
import { CsvReader, keepText } from "./csv-reader.ts";
import type { Delimiter } from "./dialect.ts";

/**
 * The first rows of a CSV file's rows, cell by cell as text.
 * @param rows bytes from the first row on
 * @param whole whether the bytes go on to the end of the file; else a row that is cut off is left out
 */
export async function firstRows(
  rows: AsyncIterable<Uint8Array>,
  options: {
    readonly columnCount: number;
    readonly delimiter: Delimiter;
    readonly maxRows: number;
    readonly whole: boolean;
  },
): Promise<string[][]> {
  const { columnCount, delimiter, maxRows } = options;
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  const reader = new CsvReader({ delimiter, uses: columns.map(() => keepText), exact: true });
  const found: string[][] = [];
  const read = () => {
    while (found.length < maxRows && reader.readRow()) found.push(columns.map((c) => decodeLossy(reader.cell(c))));
  };
  for await (const chunk of rows) {
    reader.push(chunk);
    read();
    if (found.length === maxRows) return found;
  }
  if (options.whole) {
    reader.finish();
    read();
  }
  return found;
}
