import { carriageReturn, quote, space, tab } from "./cell.ts";

/** Whether a byte around a cell does not count. */
export function isBlank(byte: number): boolean {
  return byte === space || byte === carriageReturn || byte === tab;
}

function trim(bytes: Uint8Array): Uint8Array {
  let first = 0;
  let last = bytes.length;
  while (first < last && isBlank(bytes[first])) first++;
  while (last > first && isBlank(bytes[last - 1])) last--;
  return bytes.subarray(first, last);
}

/**
 * What stands between the quotes, doubled ones halved. Bytes whose closing quote is not their last byte are no quoted
 * cell and stay as they are.
 */
export function unquote(bytes: Uint8Array): Uint8Array {
  let out: Uint8Array | undefined;
  let length = 0;
  for (let i = 1; i < bytes.length; i++) {
    if (bytes[i] === quote) {
      if (i === bytes.length - 1) return trim(out ? out.subarray(0, length) : bytes.subarray(1, i));
      if (bytes[i + 1] !== quote) return bytes;
      if (!out) {
        out = bytes.slice(1);
        length = i - 1;
      }
      i++;
    }
    if (out) out[length] = bytes[i];
    length++;
  }
  return bytes;
}
