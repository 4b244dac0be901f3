import { visible } from "@systemhealer/contract/visible";

/** Columns on a terminal that a text takes: East Asian wide characters take two (Unicode TR 11, the common blocks). */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      code >= 0x20000;
    width += wide ? 2 : 1;
  }
  return width;
}

/** Cells in columns, two spaces apart; numbers stand to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const printed = [header, ...rows].map((row) => row.map((cell) => visible(String(cell))));
  const widths = header.map((_, column) => Math.max(...printed.map((row) => displayWidth(row[column] ?? ""))));
  const numeric = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  return printed
    .map((row) =>
      row
        .map((cell, column) => {
          const padding = " ".repeat(Math.max(0, widths[column]! - displayWidth(cell)));
          return numeric[column] ? padding + cell : cell + padding;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
