import { z } from "zod";
import type { SampleRow } from "./diagnosis.ts";

/** Faults after which no further cell is looked at: a body of a million wrong cells is refused as quickly as it is read. */
const maxFaults = 50;

/** What says when and where a row was may be text; a model for windows takes the rows of a node, by time, as a series. */
const placeNames = ["time", "timestamp", "datetime", "时间", "node", "host", "instance", "节点"];
const maxPlaceLength = 200;
const placeSchema = {
  anyOf: [
    { type: "number" as const },
    { type: "string" as const, maxLength: maxPlaceLength },
    { type: "null" as const },
  ],
};

/**
 * Rows as they are sent, at least one. Checked cell by cell and handed on as they came: a KPI may be called anything,
 * `__proto__` too, which a parser that builds new objects would lose.
 */
export const SampleRows = z
  .unknown()
  .check(({ value, issues }) => {
    if (!Array.isArray(value)) {
      issues.push({ code: "invalid_type", expected: "array", input: value });
      return;
    }
    if (value.length === 0) {
      issues.push({ code: "too_small", minimum: 1, inclusive: true, origin: "array", input: value });
    }
    for (const [index, row] of value.entries()) {
      if (issues.length >= maxFaults) return;
      checkRow(row, index, issues);
    }
  })
  .meta({
    type: "array",
    minItems: 1,
    items: {
      type: "object",
      properties: Object.fromEntries(placeNames.map((name) => [name, placeSchema])),
      additionalProperties: { anyOf: [{ type: "number" }, { type: "null" }] },
    },
  }) as unknown as z.ZodType<SampleRow[], SampleRow[]>;

function checkRow(row: unknown, index: number, issues: z.core.$ZodRawIssue[]): void {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    issues.push({ code: "invalid_type", expected: "object", input: row, path: [index] });
    return;
  }
  for (const name of Object.keys(row)) {
    const cell = (row as Readonly<Record<string, unknown>>)[name];
    if (cell === null || (typeof cell === "number" && Number.isFinite(cell))) continue;
    if (typeof cell === "string" && cell.length <= maxPlaceLength && isPlace(name)) continue;
    issues.push({ code: "invalid_type", expected: "number", input: cell, path: [index, name] });
    if (issues.length >= maxFaults) return;
  }
}

function isPlace(name: string): boolean {
  return placeNames.includes(name.toLowerCase());
}
