import type { Client } from "@systemhealer/contract/client";
import type { ResultRow } from "@systemhealer/contract/results-page";
import { expect, test } from "vitest";
import { readResults } from "../../../../frontend/src/features/diagnosis/read-results.ts";
import {
  confidenceChoices,
  isFiltered,
  noFilter,
  resultQuery,
} from "../../../../frontend/src/features/diagnosis/result-filter.ts";

const total = 1_000;
const seenPerCall = 100;

/** Of 1,000 rows every 30th fits; a call looks at 100 of them. */
function client(calls: object[]): Client {
  const call = async (_: string, { query }: { query: { offset: number; limit: number } }) => {
    calls.push(query);
    const items: ResultRow[] = [];
    let at = query.offset;
    for (; at < Math.min(total, query.offset + seenPerCall) && items.length < query.limit; at += 1) {
      if (at % 30 === 0) items.push({ row: at + 1, diagnosis: "cpu", confidence: 1, probabilities: [1] });
    }
    const scannedRows = at - query.offset;
    return {
      totalRows: total,
      idColumn: null,
      classes: ["cpu"],
      items,
      scannedRows,
      ...(at < total && { nextOffset: at }),
    };
  };
  return { call } as unknown as Client;
}
const order = { runId: "run-1", query: { class: "cpu" }, limit: 10 };

test("a page of rare rows is called on for until it is full, and says where the next begins", async () => {
  const calls: object[] = [];
  const page = await readResults(client(calls), { ...order, offset: 0 });
  expect(page.items.map(({ row }) => row)).toEqual([1, 31, 61, 91, 121, 151, 181, 211, 241, 271]);
  expect(page.nextOffset).toBe(271);
  expect(page.scannedRows).toBe(271);
  expect(calls[1]).toEqual({ class: "cpu", offset: 100, limit: 6 });
  const next = await readResults(client([]), { ...order, offset: page.nextOffset! });
  expect(next.items[0]!.row).toBe(301);
});

test("at the end of the file a page may be short", async () => {
  const page = await readResults(client([]), { ...order, offset: 901 });
  expect(page.items.map(({ row }) => row)).toEqual([931, 961, 991]);
  expect(page.nextOffset).toBeUndefined();
});

test("only what was chosen is asked for", () => {
  expect(resultQuery(noFilter)).toEqual({});
  expect(isFiltered(noFilter)).toBe(false);
  const chosen = { className: "cpu", confidence: "middle", unknown: "unknown", anomalous: "anomalous" } as const;
  expect(resultQuery({ ...chosen, search: " a-7 " })).toEqual({
    class: "cpu",
    anomalous: "true",
    minConfidence: 0.5,
    maxConfidence: 0.8,
    unknown: "true",
    search: "a-7",
  });
  expect(resultQuery({ ...noFilter, unknown: "known" })).toEqual({ unknown: "false" });
  expect(resultQuery({ ...noFilter, anomalous: "inconspicuous" })).toEqual({ anomalous: "false" });
  for (const confidence of confidenceChoices.slice(1)) expect(isFiltered({ ...noFilter, confidence })).toBe(true);
});
