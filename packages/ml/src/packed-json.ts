import { deflateRawSync, inflateRawSync } from "node:zlib";

/** JSON that a model's file carries in its metadata; one of its fields holds packed numbers. */
export interface PackedFormat<Written extends object> {
  readonly schema: string;
  /** What it is called in messages. */
  readonly what: string;
  /** Of the numbers, unpacked. */
  readonly mostBytes: number;
  /** Whether an object of this schema has its fields, of their types. */
  readonly fits: (value: { readonly [Field in keyof Written]?: unknown }) => boolean;
  /** Thrown where a text is not so. */
  readonly Unreadable: new (
    message: string,
    options?: ErrorOptions,
  ) => Error;
}

/** Base64 of raw DEFLATE (RFC 1951) of the numbers, little-endian, one array after the other. */
export function packNumbers(parts: readonly (Float32Array | Float64Array | Int32Array)[]): string {
  const bytes = Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  return deflateRawSync(bytes, { level: 6 }).toString("base64");
}

/** @throws `Unreadable` where the text is no JSON, or of another schema or shape */
export function parsePacked<Written extends object>(text: string, format: PackedFormat<Written>): Written {
  const { schema, what, fits, Unreadable } = format;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Unreadable(`the ${what} is no JSON`, { cause });
  }
  const found = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  if (found !== schema) throw new Unreadable(`the ${what}'s schema is ${String(found)}, not ${schema}`);
  if (!fits(value as { [Field in keyof Written]?: unknown })) {
    throw new Unreadable(`the ${what} has not the fields of ${schema}`);
  }
  return value as Written;
}

/**
 * In memory of its own, so that typed arrays can lie on it.
 * @throws `Unreadable` where the numbers are damaged, or more than `mostBytes`
 */
export function unpackNumbers<Written extends object>(
  base64: string,
  { what, mostBytes, Unreadable }: PackedFormat<Written>,
): ArrayBuffer {
  try {
    const inflated = inflateRawSync(Buffer.from(base64, "base64"), { maxOutputLength: mostBytes });
    const buffer = new ArrayBuffer(inflated.length);
    new Uint8Array(buffer).set(inflated);
    return buffer;
  } catch (cause) {
    throw new Unreadable(`the ${what}'s numbers are damaged`, { cause });
  }
}

/** Whether it is a whole number from 0. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isListOf<T>(value: unknown, isOne: (each: unknown) => each is T): value is T[] {
  return Array.isArray(value) && value.every(isOne);
}
