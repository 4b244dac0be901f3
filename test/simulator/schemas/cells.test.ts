import { numberCell } from "@systemhealer/simulator/schemas/cells";
import fc from "fast-check";
import { expect, test } from "vitest";

test("a cell holds the number to seven significant digits", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const read = Number(numberCell(value));
      return Math.abs(read - value) <= 0.51e-6 * Math.abs(value) || Math.abs(value) < 1e-300;
    }),
  );
});

test("cells are plain numbers", () => {
  expect(numberCell(0)).toBe("0");
  expect(numberCell(-12.345678912)).toBe("-12.34568");
  expect(numberCell(123456789012345680)).toBe("123456800000000000");
  expect(numberCell(Number.NaN)).toBe("");
});
