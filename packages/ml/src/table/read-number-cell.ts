import { decode, decodeLossy, isGap, isInfinity, quote } from "./cell.ts";
import { bytesAfterData, parseNumberAt } from "./parse-number.ts";
import { unquote } from "./quoted-cell.ts";

/** Bytes of a cell that a problem quotes. */
export const quotedBytes = 400;

/** Bytes of a cell without blanks around them, in a buffer that goes on after them as `parseNumberAt` asks for. */
export interface CellBytes {
  readonly buffer: Uint8Array;
  readonly view: DataView;
  readonly first: number;
  readonly last: number;
}

/**
 * The number of a cell that may be quoted, a gap, or none at all.
 * @param out receives the number at `index`, NaN for a gap and for what is no finite number
 * @returns what is wrong with the cell
 */
export function readNumberCell(
  { buffer, view, first, last }: CellBytes,
  out: Float64Array,
  index: number,
  exact: boolean,
): "not-a-number" | "not-finite" | "not-utf8" | undefined {
  out[index] = Number.NaN;
  if (first === last) return undefined;
  if (parseNumberAt(view, first, out, index, exact) === last) return undefined;
  out[index] = Number.NaN;
  let bytes: Uint8Array = buffer.subarray(first, last);
  if (bytes[0] === quote) {
    bytes = unquote(bytes);
    const ended = new Uint8Array(bytes.length + bytesAfterData);
    ended.set(bytes);
    if (parseNumberAt(new DataView(ended.buffer), 0, out, index, exact) === bytes.length) return undefined;
    out[index] = Number.NaN;
  }
  const text = bytes.length <= quotedBytes ? decode(bytes) : decodeLossy(bytes.subarray(0, quotedBytes));
  if (text === undefined) return "not-utf8";
  if (isGap(text)) return undefined;
  return isInfinity(text) ? "not-finite" : "not-a-number";
}
