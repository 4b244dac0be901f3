/** A field of a protobuf message, where it lies. */
export interface WireField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 bytes of a told length, 5 four bytes. */
  readonly type: number;
  /** Of the field with its tag. */
  readonly start: number;
  /** Of its value alone; of a varint, its bytes. */
  readonly valueStart: number;
  readonly end: number;
}

/** Thrown where bytes are no protobuf message. */
export class WireError extends Error {
  override readonly name = "WireError";
}

const fixedLengths: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
const mostVarintBytes = 10;

/**
 * The fields of a message one after the other, nothing decoded.
 * @throws WireError
 */
export function* wireFields(bytes: Uint8Array, start = 0, end = bytes.length): Generator<WireField> {
  for (let at = start; at < end; ) {
    const tag = varintAt(bytes, at);
    const type = tag.value % 8;
    let valueStart = tag.end;
    let fieldEnd: number;
    if (type === 0) fieldEnd = varintAt(bytes, valueStart).end;
    else if (type === 2) {
      const length = varintAt(bytes, valueStart);
      valueStart = length.end;
      fieldEnd = valueStart + length.value;
    } else {
      const length = fixedLengths[type];
      if (length === undefined) throw new WireError(`a field is of type ${type}`);
      fieldEnd = valueStart + length;
    }
    if (fieldEnd > end) throw new WireError("a field is longer than its message");
    yield { number: Math.floor(tag.value / 8), type, start: at, valueStart, end: fieldEnd };
    at = fieldEnd;
  }
}

/**
 * An unsigned number of up to 53 bits, and where it ends.
 * @throws WireError
 */
export function varintAt(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < start + mostVarintBytes; at++, scale *= 128) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new WireError("a number does not end");
}

/**
 * A packed vector of numbers from 0 to 2³¹ − 1.
 * @returns undefined where one is negative or greater
 * @throws WireError
 */
export function packedIntegers(bytes: Uint8Array, start: number, end: number): Int32Array | undefined {
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] < 128) count++;
  const numbers = new Int32Array(count);
  let at = start;
  for (let index = 0; index < count; index++) {
    let value = 0;
    let shift = 0;
    for (; bytes[at] >= 128; at++, shift += 7) {
      if (shift > 21) return undefined;
      value |= (bytes[at] & 127) << shift;
    }
    const last = bytes[at++];
    if (shift > 21 && last > 7) return undefined;
    numbers[index] = value | (last << shift);
  }
  if (at !== end) throw new WireError("a number does not end");
  return numbers;
}

/**
 * A packed vector of float32.
 * @throws WireError
 */
export function packedFloats(bytes: Uint8Array, start: number, end: number): Float32Array {
  if ((end - start) % 4 !== 0) throw new WireError("a vector of floats is cut off");
  return new Float32Array(Uint8Array.from(bytes.subarray(start, end)).buffer);
}

/** A field of bytes, with its tag. */
export function wireBytes(number: number, bytes: Uint8Array): Uint8Array {
  const head = [...varint(8 * number + 2), ...varint(bytes.length)];
  const field = new Uint8Array(head.length + bytes.length);
  field.set(head);
  field.set(bytes, head.length);
  return field;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}
