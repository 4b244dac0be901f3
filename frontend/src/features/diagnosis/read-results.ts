import type { Client } from "@systemhealer/contract/client";
import type { ResultsPage } from "@systemhealer/contract/results-page";
import type { ResultQuery } from "./result-filter.ts";

/** Calls for one page; each looks at some 100,000 rows, so rare rows are found in files of millions. */
const mostCalls = 200;

export interface ResultsOrder {
  readonly runId: string;
  readonly query: NonNullable<ResultQuery>;
  /** Row of the file to begin at, from 0. */
  readonly offset: number;
  readonly limit: number;
}

/** A page of results, called on for until it is full or the file ends. `nextOffset` begins the page after it. */
export async function readResults(
  client: Client,
  { runId, query, offset, limit }: ResultsOrder,
  signal?: AbortSignal,
): Promise<ResultsPage> {
  const options = signal ? { signal } : {};
  let page = await client.call("getRunResults", { runId, query: { ...query, offset, limit } }, options);
  for (let calls = 1; calls < mostCalls; calls += 1) {
    const { items, nextOffset } = page;
    if (items.length >= limit || nextOffset === undefined) break;
    const more = { ...query, offset: nextOffset, limit: limit - items.length };
    const next = await client.call("getRunResults", { runId, query: more }, options);
    page = { ...next, items: [...items, ...next.items], scannedRows: page.scannedRows + next.scannedRows };
  }
  return page;
}
