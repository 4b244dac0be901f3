import { expect, test } from "vitest";
import { FindingList, maxFindings } from "../../../packages/ml/src/validate/finding-list.ts";

test("keeps the first findings and counts the rest", () => {
  const list = new FindingList();
  for (let row = 1; row <= maxFindings + 20; row++) list.add({ code: "missing-label", row });
  expect(list.kept.map(({ row }) => row)).toEqual(Array.from({ length: maxFindings }, (_, i) => i + 1));
  expect([list.count, list.omitted]).toEqual([maxFindings + 20, 20]);
});
