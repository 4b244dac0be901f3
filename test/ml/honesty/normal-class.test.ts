import { expect, it } from "vitest";
import { normalClass } from "../../../packages/ml/src/honesty/normal-class.ts";

it("a class is normal by its name in English or Chinese, never by a number", () => {
  expect(normalClass(["disk", " NORMAL "])).toBe(1);
  expect(normalClass(["正常", "磁盘"])).toBe(0);
  expect(normalClass(["0", "1"])).toBe(-1);
  expect(normalClass([])).toBe(-1);
});

it("of two such names the surer one counts, in whatever order they stand", () => {
  expect(normalClass(["none", "cpu", "no-fault"])).toBe(2);
  expect(normalClass(["no-fault", "cpu", "none"])).toBe(0);
});
