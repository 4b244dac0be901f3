import type { Client } from "@systemhealer/contract/client";
import type { SampleRow } from "@systemhealer/contract/diagnosis";
import type { Profile } from "@systemhealer/contract/profile";

/** The row's values could not be read from the data set. */
export class RowValuesError extends Error {
  override readonly name = "RowValuesError";
}

/** Compressed files are read from their beginning; beyond this many bytes that takes too long. */
const mostUncompressedBytes = 256 * 1024 * 1024;

/**
 * The KPIs of one row of a data set, read out of its file.
 * @param row number of the data row, from 1
 * @throws RowValuesError where the file does not hold it
 */
export async function readRowValues(
  client: Client,
  datasetId: string,
  profile: Profile,
  row: number,
  signal?: AbortSignal,
): Promise<SampleRow> {
  const range = profile.ranges.find(({ firstRow, rows }) => row >= firstRow && row < firstRow + rows);
  if (!range) throw new RowValuesError(`no row ${row}`);
  const { url } = await client.call("downloadDataset", { datasetId, body: { artefact: "data" } });
  const { compression } = profile.dialect;
  const bytes =
    compression === "gzip"
      ? await readCompressed(url, range.firstByte, range.endByte, signal)
      : await readPlain(url, range.firstByte, range.endByte, signal);
  const line = nthLine(new TextDecoder().decode(bytes), row - range.firstRow);
  if (line === undefined) throw new RowValuesError(`no row ${row}`);
  return rowOf(profile, cellsOfLine(line, profile.dialect.delimiter));
}

async function readPlain(url: string, first: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(url, { headers: { range: `bytes=${first}-${end - 1}` }, ...(signal && { signal }) });
  if (answer.status !== 206 && answer.status !== 200) throw new RowValuesError(`HTTP ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return answer.status === 206 ? bytes : bytes.subarray(first, end);
}

async function readCompressed(url: string, first: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
  if (end > mostUncompressedBytes) throw new RowValuesError("too far into a compressed file");
  const answer = await fetch(url, signal ? { signal } : {});
  if (!answer.ok || !answer.body) throw new RowValuesError(`HTTP ${answer.status}`);
  const reader = answer.body.pipeThrough(new DecompressionStream("gzip")).getReader();
  const wanted = new Uint8Array(end - first);
  let at = 0;
  while (at < end) {
    const { done, value } = await reader.read();
    if (done) break;
    const from = Math.max(first, at);
    const to = Math.min(end, at + value.length);
    if (to > from) wanted.set(value.subarray(from - at, to - at), from - first);
    at += value.length;
  }
  await reader.cancel();
  return wanted;
}

/** A line of a table by its number, from 0; line breaks in quotes do not end it, and empty lines are passed over. */
export function nthLine(text: string, number: number): string | undefined {
  let left = number;
  let begin = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') isQuoted = !isQuoted;
    if (sign !== undefined && (sign !== "\n" || isQuoted)) continue;
    const line = text.slice(begin, at).replace(/\r$/, "");
    begin = at + 1;
    if (line.trim() === "") continue;
    if (left === 0) return line;
    left -= 1;
  }
  return undefined;
}

/** Cells of one line by RFC 4180. */
export function cellsOfLine(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at]!;
    if (sign === '"') {
      if (isQuoted && line[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = !isQuoted;
    } else if (sign === delimiter && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else cell += sign;
  }
  return [...cells, cell];
}

/** The KPIs of a row; what is no number is a gap, as validation has let it pass. */
export function rowOf(
  { columns, features }: Pick<Profile, "columns" | "features">,
  cells: readonly string[],
): SampleRow {
  const wanted = new Set(features.map(({ name }) => name));
  return Object.fromEntries(
    columns.flatMap((name, index) => {
      if (!wanted.has(name)) return [];
      const text = cells[index]?.trim() ?? "";
      const value = Number(text);
      return [[name, text !== "" && Number.isFinite(value) ? value : null] as const];
    }),
  );
}
