/**
 * A table as RFC 4180 CSV with a byte order mark, which spreadsheets need to see UTF-8. Cells that a spreadsheet would
 * take for a formula are quoted with an apostrophe.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => cells.map(cellOf).join(",")).join("\r\n")}\r\n`;
}

/** What begins as a number may still go on as a formula: `-1+cmd|…`. */
const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
