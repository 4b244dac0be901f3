import { expect, test } from "vitest";
import { createFormats } from "../../../frontend/src/lib/format.ts";

test("numbers, sizes and times are written as the language does", () => {
  const english = createFormats("en");
  expect(english.integer(12_345)).toBe("12,345");
  expect(english.bytes(0)).toBe("0 byte");
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
