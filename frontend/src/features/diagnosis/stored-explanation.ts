import type { Client } from "@systemhealer/contract/client";
import { Explanation } from "@systemhealer/contract/explanation";

/** The explanation of a row could not be read from the file of its run. */
export class StoredExplanationError extends Error {
  override readonly name = "StoredExplanationError";
}

/** Of one request; a line is a row with five KPIs, so some hundred of them. */
const pieceBytes = 64 * 1024;
/** Every other step halves what is left: enough for any file. */
const mostPieces = 80;
const lineFeed = 10;

export interface Piece {
  readonly bytes: Uint8Array;
  /** Of the whole file. */
  readonly totalBytes: number;
}

/** `length` bytes of the file from `firstByte` on, fewer at its end. */
export type ReadPiece = (firstByte: number, length: number) => Promise<Piece>;

export interface StoredRow {
  readonly runId: string;
  /** Number of the data row, from 1. */
  readonly row: number;
  /** Of the whole file. */
  readonly rows: number;
}

/**
 * Why a row was diagnosed so, from `explanations.json` of an explained run.
 * @returns null of a row that there was no time to explain
 * @throws StoredExplanationError
 */
export async function readStoredExplanation(
  client: Client,
  { runId, row, rows }: StoredRow,
  signal?: AbortSignal,
): Promise<Explanation | null> {
  const { url } = await client.call("downloadRun", { runId, body: { artefact: "explanations.json" } });
  return findExplanation(row, rows, (firstByte, length) => readRange(url, firstByte, length, signal));
}

/**
 * Looks a row up in a file that holds one row a line, in their order: reads where the row would lie if all lines were
 * of one length, and goes on from what it finds there.
 * @returns null where the file does not hold the row
 */
export async function findExplanation(row: number, rows: number, read: ReadPiece): Promise<Explanation | null> {
  // The row's line begins at or after `low.byte`, where row `low.row` begins, and before `high.byte`.
  let low = { byte: 0, row: 1 };
  let high = { byte: Number.POSITIVE_INFINITY, row: rows + 1 };
  let at = 0;
  for (let pieces = 1; pieces <= mostPieces; pieces += 1) {
    const { bytes, totalBytes } = await read(at, pieceBytes);
    const lines = linesIn(bytes);
    const found = lines.find((line) => line.row === row);
    if (found) return found.explanation();
    const [first, last] = [lines[0], lines.at(-1)];
    if (!first || !last) break;
    if (row < first.row) high = { byte: at, row: first.row };
    else low = { byte: at + last.begin, row: last.row };
    const left = Math.min(high.byte, totalBytes) - low.byte;
    if (left <= 0 || (row > last.row && at + bytes.length >= totalBytes)) break;
    const share = pieces % 2 === 1 ? (row - low.row) / (high.row - low.row) : 0.5;
    at = low.byte + Math.max(0, Math.floor(share * left) - pieceBytes / 2);
  }
  return null;
}

interface Line {
  readonly row: number;
  /** Where in the piece it begins. */
  readonly begin: number;
  readonly explanation: () => Explanation;
}

/** The rows of a piece; lines that its ends cut are none. */
function linesIn(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  for (let begin = 0; begin < bytes.length; ) {
    const feed = bytes.indexOf(lineFeed, begin);
    const end = feed < 0 ? bytes.length : feed;
    const value = rowIn(new TextDecoder().decode(bytes.subarray(begin, end)));
    if (value) lines.push({ row: value.row, begin, explanation: () => Explanation.parse(value) });
    begin = end + 1;
  }
  return lines;
}

function rowIn(line: string): { readonly row: number } | undefined {
  try {
    const value: unknown = JSON.parse(line.replace(/,$/, ""));
    const isRow = typeof value === "object" && value !== null && "row" in value && typeof value.row === "number";
    return isRow ? (value as { row: number }) : undefined;
  } catch {
    return undefined;
  }
}

async function readRange(url: string, firstByte: number, length: number, signal?: AbortSignal): Promise<Piece> {
  const headers = { range: `bytes=${firstByte}-${firstByte + length - 1}` };
  const answer = await fetch(url, { headers, ...(signal && { signal }) });
  const total = /\/(\d+)$/.exec(answer.headers.get("content-range") ?? "")?.[1];
  if (answer.status !== 206 || total === undefined) {
    await answer.body?.cancel();
    throw new StoredExplanationError(`HTTP ${answer.status}`);
  }
  return { bytes: new Uint8Array(await answer.arrayBuffer()), totalBytes: Number(total) };
}
