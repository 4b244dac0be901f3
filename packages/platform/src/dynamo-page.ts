import { createHash } from "node:crypto";
import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { InvalidError } from "@systemhealer/domain/errors";
import type { Page, PageRequest } from "@systemhealer/domain/ports/page";
import type { DynamoTable } from "./dynamo-table.ts";

type Item = Record<string, unknown>;

export interface PagedQuery<T> {
  /** Newest first; `Limit`, `ExclusiveStartKey` and the table's name are set here. */
  readonly query: Omit<QueryCommandInput, "TableName" | "Limit" | "ExclusiveStartKey">;
  /** Words that say which list it is: a cursor of another list is refused. */
  readonly list: readonly (string | undefined)[];
  /** What of an item the query continues after. */
  readonly startKey: (id: string) => Item;
  readonly idPattern: RegExp;
  readonly idOf: (record: T) => string;
  readonly parse: (item: Item) => T;
  /** What the table's own filter cannot tell. @default every record */
  readonly fits?: (record: T) => boolean;
}

/** A filter of all conditions that are wanted. */
export function filterOf(...conditions: readonly (string | false | undefined)[]): { FilterExpression?: string } {
  const wanted = conditions.filter((condition) => condition);
  return wanted.length > 0 ? { FilterExpression: wanted.join(" AND ") } : {};
}

/** A filter that fits few of many records makes short pages rather than long waits. */
const maxQueriesPerPage = 20;
/** Records differ in size; a page of large ones is shorter, so that its answer can be sent. */
const maxPageCharacters = 3 * 1024 ** 2;

/** @throws InvalidError when the cursor is none of this list */
export async function queryPage<T>(table: DynamoTable, paged: PagedQuery<T>, page: PageRequest): Promise<Page<T>> {
  const items: T[] = [];
  let characters = 0;
  let start = page.cursor === undefined ? undefined : paged.startKey(readCursor(paged, page.cursor));
  for (let count = 0; count < maxQueriesPerPage; count++) {
    const answer = await table.client.send(
      new QueryCommand({
        ...paged.query,
        TableName: table.name,
        ScanIndexForward: false,
        Limit: Math.max(page.limit + 1, 25),
        ExclusiveStartKey: start,
      }),
    );
    for (const item of answer.Items ?? []) {
      const record = paged.parse(item);
      if (paged.fits?.(record) === false) continue;
      const full = items.length === page.limit || (items.length > 0 && characters >= maxPageCharacters);
      if (full) return { items, nextCursor: writeCursor(paged, paged.idOf(items.at(-1)!)) };
      characters += JSON.stringify(item).length;
      items.push(record);
    }
    start = answer.LastEvaluatedKey;
    if (!start) return { items };
  }
  return { items, nextCursor: writeCursor(paged, String(start!.sk).split("#").at(-1)!) };
}

function writeCursor<T>(paged: PagedQuery<T>, id: string): string {
  return Buffer.from(`${listHash(paged)}.${id}`).toString("base64url");
}

function readCursor<T>(paged: PagedQuery<T>, cursor: string): string {
  const [hash, id] = Buffer.from(cursor, "base64url").toString("utf8").split(".");
  if (hash !== listHash(paged) || id === undefined || !paged.idPattern.test(id)) {
    throw new InvalidError("cursor-unreadable");
  }
  return id;
}

function listHash<T>(paged: PagedQuery<T>): string {
  return createHash("sha256").update(JSON.stringify(paged.list)).digest("hex").slice(0, 16);
}

/** Queries of one megabyte each that a sum or count may take. */
const maxSumQueries = 200;

/** Calls `add` for each answer of a query over all its pages. */
export async function eachAnswer(
  table: DynamoTable,
  query: Omit<QueryCommandInput, "TableName" | "ExclusiveStartKey">,
  add: (answer: { readonly items: readonly Item[]; readonly count: number }) => void,
): Promise<void> {
  let start: Item | undefined;
  for (let count = 0; count < maxSumQueries; count++) {
    const answer = await table.client.send(
      new QueryCommand({ ...query, TableName: table.name, ExclusiveStartKey: start }),
    );
    add({ items: answer.Items ?? [], count: answer.Count ?? 0 });
    start = answer.LastEvaluatedKey;
    if (!start) return;
  }
}
