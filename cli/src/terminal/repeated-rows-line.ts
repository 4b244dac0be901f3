import type { Output } from "../output.ts";
import { formatCount } from "./units.ts";

/** Says how many rows were the same as an earlier one and took no part; nothing where there is none. */
export function repeatedRowsLine(output: Output, rows: number): string[] {
  return rows === 0 ? [] : [output.text("repeated-rows", { rows: formatCount(rows) })];
}
