import { expect, test } from "vitest";
import { createFormats } from "../../../frontend/src/lib/format.ts";
import { unitsOf, usualUnits } from "../../../frontend/src/lib/units.ts";

test("numbers, sizes and times are written as the language does", () => {
  const english = createFormats("en");
  expect(english.integer(12_345)).toBe("12,345");
  expect(english.bytes(0)).toBe("0 bytes");
  expect(english.bytes(1_500_000)).toBe("1.5 MB");
  expect(english.percent(0.923)).toBe("92.3%");
  expect(english.duration(75)).toBe("1 min 15 sec");
  expect(createFormats("zh-CN").duration(75)).toContain("分钟");
});

test("a KPI's value keeps four digits; very large and very small ones an exponent; a missing one a dash", () => {
  const { number } = createFormats("en");
  expect(number(1234.567)).toBe("1,235");
  expect(number(123_456_789)).toBe("1.23E8");
  expect(number(0.000012)).toBe("1.2E-5");
  expect(number(0)).toBe("0");
  expect(number(null)).toBe("–");
});

test("units are written as the reader wants them", () => {
  const plain = createFormats("en", { bytes: "binary", durations: "seconds", grouping: "plain", zone: "utc" });
  expect(plain.bytes(7_340_032)).toBe("7 MiB");
  expect(plain.bytes(1_024 ** 3)).toBe("1 GiB");
  expect(plain.bytes(1_000)).toBe("1000 B");
  expect(plain.bytes(12)).toBe("12 bytes");
  expect(plain.integer(1_234_567)).toBe("1234567");
  expect(plain.duration(83.25)).toBe("83.3 sec");
  expect(plain.time("2026-01-02T23:04:05.000Z")).toMatch(/Jan 2, 2026.*11:04.PM UTC/);
  expect(createFormats("zh-CN", { ...usualUnits, durations: "milliseconds" }).duration(83.25)).toBe("83,250毫秒");
  expect(createFormats("zh-CN", { ...usualUnits, zone: "utc" }).time("2026-01-02T23:04:05.000Z")).toContain("23:04");
});

test("a limit is told in whole units and never as more than it is", () => {
  expect(createFormats("en").mostBytes(128 * 1_024 ** 2)).toBe("134 MB");
  expect(createFormats("en", { ...usualUnits, bytes: "binary" }).mostBytes(128 * 1_024 ** 2)).toBe("128 MiB");
  expect(createFormats("en").mostBytes(999)).toBe("999 bytes");
});

test("kept units of another version fall back to the usual ones", () => {
  expect(unitsOf(undefined)).toEqual(usualUnits);
  expect(unitsOf({ bytes: "binary", zone: "mars" as "utc" })).toEqual({ ...usualUnits, bytes: "binary" });
});
