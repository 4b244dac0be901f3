import { expect, test } from "vitest";
import { classesPresent } from "../../../../frontend/src/features/diagnosis/classes-present.ts";

test("a class occurs where a label names it, not where it was only diagnosed", () => {
  const confusion = [
    [3, 0, 1],
    [0, 2, 0],
    [0, 0, 0],
  ];
  expect(classesPresent(confusion)).toBe(2);
  expect(classesPresent([])).toBe(0);
});
