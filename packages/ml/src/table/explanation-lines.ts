import type { RowExplanation } from "../explain/explanation.ts";
import { encodeCell } from "./results-csv.ts";

/** A line of what parts of an explained diagnosis leave until they are merged: JSON, one row a line. */
export function explanationLine(explanation: RowExplanation): string {
  const told = (_key: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(9)) : value);
  return `${JSON.stringify(explanation, told)}\n`;
}

const lineFeed = 10;
const between = Buffer.from(",\n");

/** explanations.json from such lines: `{"schema": "explanations.v1", "rows": […]}` */
export async function* explanationsJson(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"schema":"explanations.v1","rows":[\n');
  let lineOpen = false;
  let first = true;
  for await (const chunk of lines) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < chunk.length; ) {
      const found = chunk.indexOf(lineFeed, at);
      const end = found < 0 ? chunk.length : found;
      if (end > at && !lineOpen) {
        if (!first) pieces.push(between);
        first = false;
      }
      pieces.push(chunk.subarray(at, end));
      lineOpen = found < 0 && (lineOpen || end > at);
      at = end + 1;
    }
    if (pieces.length > 0) yield Buffer.concat(pieces);
  }
  yield Buffer.from("\n]}\n");
}

const csvColumns = [
  ...["row", "id", "class", "baseline", "score", "method"],
  ...["rank", "kpi", "value", "contribution", "low", "high", "direction", "z"],
];

/** explanations.csv from such lines: a line per row and KPI, with the guard of results.csv against formulas. */
export async function* explanationsCsv(lines: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${csvColumns.join()}\n`);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of lines) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = texts.pop() ?? "";
    const rows = texts.map(csvRows).join("");
    if (rows) yield Buffer.from(rows);
  }
  if (rest) yield Buffer.from(csvRows(rest));
}

function csvRows(line: string): string {
  const { row, id, class: name, baseline, score, method, kpis } = JSON.parse(line) as RowExplanation;
  const start = [row, text(id ?? ""), text(name), baseline, score, method].join();
  return kpis
    .map(({ name: kpi, value, contribution, low, high, direction, z }, index) => {
      const told = [index + 1, text(kpi), value ?? "", contribution, low ?? "", high ?? "", direction ?? "", z ?? ""];
      return `${start},${told.join()}\n`;
    })
    .join("");
}

function text(value: string): string {
  return Buffer.from(encodeCell(value)).toString();
}
