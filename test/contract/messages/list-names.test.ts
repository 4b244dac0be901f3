import { expect, test } from "vitest";
import { listNames } from "../../../packages/contract/src/messages/list-names.ts";

test("names are listed as each language does, and of many the first", () => {
  expect(listNames(["disk", "net"], "en")).toBe("disk, net");
  expect(listNames(["磁盘", "网络"], "zh")).toBe("磁盘、网络");
  expect(listNames(["a", "b", "c"], "en", 2)).toBe("a, b …");
  expect(listNames(["a", "b"], "en", 2)).toBe("a, b");
  expect(listNames([], "en", 2)).toBe("");
});
