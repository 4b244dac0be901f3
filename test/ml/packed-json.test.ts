import { describe, expect, it } from "vitest";
import {
  isCount,
  isListOf,
  type PackedFormat,
  packNumbers,
  parsePacked,
  unpackNumbers,
} from "../../packages/ml/src/packed-json.ts";

class StoreUnreadableError extends Error {}

interface Written {
  readonly schema: "store.v1";
  readonly sizes: readonly number[];
  readonly numbers: string;
}

const format: PackedFormat<Written> = {
  schema: "store.v1",
  what: "store",
  mostBytes: 64,
  fits: ({ sizes, numbers }) => isListOf(sizes, isCount) && typeof numbers === "string",
  Unreadable: StoreUnreadableError,
};

describe("numbers packed into a text", () => {
  it("come back bit by bit, one array after the other", () => {
    const floats = Float32Array.of(1.5, Number.NaN, -0, Number.NEGATIVE_INFINITY);
    const whole = Int32Array.of(-1, 2 ** 31 - 1, 7).subarray(1);
    const buffer = unpackNumbers(packNumbers([floats, whole]), format);
    expect(new Float32Array(buffer, 0, 4)).toEqual(floats);
    expect(new Int32Array(buffer, 16)).toEqual(whole);
  });

  it("are refused where they are damaged, or more than they may be", () => {
    expect(() => unpackNumbers("AAAA", format)).toThrow("the store's numbers are damaged");
    expect(unpackNumbers(packNumbers([new Float32Array(16)]), format).byteLength).toBe(64);
    expect(() => unpackNumbers(packNumbers([new Float32Array(17)]), format)).toThrow(StoreUnreadableError);
  });
});

describe("a text with packed numbers", () => {
  const written: Written = { schema: "store.v1", sizes: [3, 0], numbers: "" };

  it("is read as it was written", () => {
    expect(parsePacked(JSON.stringify(written), format)).toEqual(written);
  });

  it.each([
    ["", "the store is no JSON"],
    ["null", "the store's schema is undefined, not store.v1"],
    [JSON.stringify({ ...written, schema: "store.v2" }), "the store's schema is store.v2, not store.v1"],
    [JSON.stringify({ ...written, sizes: undefined }), "the store has not the fields of store.v1"],
    [JSON.stringify({ ...written, sizes: [1.5] }), "the store has not the fields of store.v1"],
    [JSON.stringify({ ...written, sizes: [-1] }), "the store has not the fields of store.v1"],
    [JSON.stringify({ ...written, sizes: "3" }), "the store has not the fields of store.v1"],
  ])("is refused where it is something else: %s", (text, message) => {
    const read = () => parsePacked(text, format);
    expect(read).toThrow(StoreUnreadableError);
    expect(read).toThrow(message);
  });
});
