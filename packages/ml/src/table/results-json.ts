import { CsvReader, keepText, skipColumn } from "./csv-reader.ts";
import { allIntegers } from "./label.ts";
import { openCsv } from "./open-csv.ts";
import { readableText } from "./results-csv.ts";

export interface ResultsJsonOptions {
  /** Of the model. */
  readonly classes: readonly string[];
  /** `id`: the id column, whose texts must be unique; `row`: the 1-based row number. */
  readonly keys: "id" | "row";
}

const columnsBesideId = ["row", "diagnosis", "confidence"];

/**
 * results.json from the bytes of results.csv: `{"1": 4, …}`, key to diagnosed class, in the order of the rows; classes
 * are numbers where all classes of the model are integers, else texts.
 */
export async function* resultsJson(
  resultsCsv: AsyncIterable<Uint8Array>,
  options: ResultsJsonOptions,
): AsyncGenerator<Uint8Array> {
  const csv = await openCsv(resultsCsv);
  try {
    const { columns } = csv;
    const diagnosis = columns.indexOf("diagnosis");
    const key = options.keys === "row" || columnsBesideId.includes(columns[1]) ? 0 : 1;
    const uses = columns.map((_, column) => (column === key || column === diagnosis ? keepText : skipColumn));
    const reader = new CsvReader({ delimiter: csv.dialect.delimiter, uses, exact: false });
    const asNumbers = allIntegers(options.classes);
    const values = new Map<string, string>();
    for (const name of options.classes) values.set(name, asNumbers ? name : JSON.stringify(name));
    let text = "{";
    const readRows = () => {
      while (reader.readRow()) {
        const name = readableText(reader.text(diagnosis) ?? "");
        const id = JSON.stringify(readableText(reader.text(key) ?? ""));
        text += `${reader.rowNumber === 1 ? "" : ", "}${id}: ${values.get(name) ?? JSON.stringify(name)}`;
      }
    };
    for await (const chunk of csv.rows) {
      reader.push(chunk);
      readRows();
      yield Buffer.from(text);
      text = "";
    }
    reader.finish();
    readRows();
    yield Buffer.from(`${text}}\n`);
  } finally {
    await csv.rows.return(undefined);
  }
}
