import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesAfterData, parseNumber, parseNumberAt } from "../../../packages/ml/src/table/parse-number.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const digits = (max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: max }).map((figures) => figures.join(""));

function parseSingle(text: string): number {
  const bytes = new Uint8Array(text.length + bytesAfterData);
  bytes.set(Buffer.from(text));
  const out = new Float64Array(1);
  expect(parseNumberAt(new DataView(bytes.buffer), 0, out, 0, false)).toBe(text.length);
  return Math.fround(out[0]);
}

function expectSameAsNumber(text: string): void {
  const value = Number(text);
  const finite = Number.isFinite(value);
  expect(parseNumber(text), text).toBe(finite ? value : undefined);
  if (finite) expect(parseSingle(text), text).toBe(Math.fround(value));
}

describe("a number read from bytes", () => {
  test("is Number's for the shortest text of any double", () => {
    fc.assert(
      fc.property(finite, (value) => expectSameAsNumber(String(value))),
      { numRuns: 3_000 },
    );
  });

  test("is Number's for any fixed or scientific notation", () => {
    const notation = fc.tuple(finite, fc.integer({ min: 0, max: 30 }), fc.boolean());
    const property = fc.property(notation, ([value, places, fixed]) =>
      expectSameAsNumber(fixed ? (value % 1e15).toFixed(places) : value.toExponential(places)),
    );
    fc.assert(property, { numRuns: 3_000 });
  });

  test("is Number's for any digits, point and exponent", () => {
    const text = fc
      .tuple(
        fc.constantFrom("", "-", "+"),
        digits(30),
        fc.option(digits(40), { nil: undefined }),
        fc.option(
          fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "-", "+"), fc.integer({ min: 0, max: 400 })),
          {
            nil: undefined,
          },
        ),
      )
      .filter(([, whole, fraction]) => whole.length + (fraction?.length ?? 0) > 0)
      .map(
        ([sign, whole, fraction, exponent]) =>
          sign + whole + (fraction === undefined ? "" : `.${fraction}`) + (exponent ?? []).join(""),
      );
    fc.assert(fc.property(text, expectSameAsNumber), { numRuns: 5_000 });
  });

  test("is Number's right at, above and below the middle of two neighbours", () => {
    const wide = fc.bigInt({ min: 2n ** 54n, max: 2n ** 62n });
    const property = fc.property(wide, (integer) => {
      const lower = BigInt(Number(integer));
      const middle = (lower + BigInt(nextDouble(Number(integer)))) / 2n;
      for (const text of [`${middle}`, `${middle}.00000001`, `${middle - 1n}.99999999`]) expectSameAsNumber(text);
      const single = Math.fround(Number(integer) * 1e-9);
      expectSameAsNumber(((single + nextSingle(single)) / 2).toPrecision(24));
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  test.each([
    ["0", 0],
    ["-0", -0],
    ["+1", 1],
    ["1.", 1],
    [".5", 0.5],
    ["007", 7],
    ["1e300", 1e300],
    ["1.7976931348623157e308", Number.MAX_VALUE],
    ["0.1e309", 1e308],
    ["4.9e-324", 5e-324],
    ["2.2250738585072011e-308", 2.225073858507201e-308],
    ["370000000000000000", 370000000000000000],
    ["1.000000000000000000e+00", 1],
  ])("knows %s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
    expectSameAsNumber(text);
  });

  test.each([
    "",
    "-",
    "+",
    ".",
    "e5",
    "-.",
    "1e",
    "1e+",
    "--1",
    "1,5",
    "1 2",
    "0x10",
    "1_000",
    "abc",
    "NaN",
    "Infinity",
    "1e309",
    "-1e999",
    `${"9".repeat(28)}e285`,
    "9".repeat(400),
    "1e12345678901",
  ])("does not take %j for a number", (text) => {
    expect(parseNumber(text)).toBeUndefined();
    const bytes = Buffer.alloc(text.length + bytesAfterData);
    bytes.write(text, "latin1");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const out = new Float64Array(1);
    expect(parseNumberAt(view, 0, out, 0, false)).not.toBe(text.length);
  });
});

function nextDouble(value: number): number {
  const words = new BigUint64Array(new Float64Array([value]).buffer);
  return new Float64Array(BigUint64Array.of(words[0] + 1n).buffer)[0];
}

function nextSingle(value: number): number {
  const words = new Uint32Array(new Float32Array([value]).buffer);
  return new Float32Array(Uint32Array.of(words[0] + 1).buffer)[0];
}
