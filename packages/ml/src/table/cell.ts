import { isUtf8 } from "node:buffer";

/** Bytes that CSV is made of. */
export const lineFeed = 10;
export const carriageReturn = 13;
export const quote = 34;
export const space = 32;
export const tab = 9;

const gaps: ReadonlySet<string> = new Set(["", "-", "na", "n/a", "nan", "-nan", "null", "none", "#n/a", "<na>"]);
const longestWord = 9;

/** Whether a cell's text stands for "no value": empty, `-`, NA, N/A, NaN, null, None in any case. */
export function isGap(text: string): boolean {
  return text.length <= longestWord && gaps.has(text.trim().toLowerCase());
}

/** Whether a cell's text is a number beyond all that a double can hold, or a word such as `inf` or `-Infinity`. */
export function isInfinity(text: string): boolean {
  const trimmed = text.trim();
  return Math.abs(Number(trimmed)) === Number.POSITIVE_INFINITY || /^[+-]?inf(inity)?$/i.test(trimmed);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Text of a cell's bytes.
 * @returns undefined where they are not UTF-8
 */
export function decode(bytes: Uint8Array): string | undefined {
  let ascii = true;
  for (let i = 0; i < bytes.length && ascii; i++) ascii = bytes[i] < 128;
  if (ascii) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a cell's bytes are UTF-8; makes no string. */
export function isText(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 128) return isUtf8(bytes);
  return true;
}

/** Text of a cell for a message, whatever its bytes are. */
export function decodeLossy(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}
