import { expect, test } from "vitest";
import { spreadOut } from "../../../frontend/src/charts/spread-out.ts";

const items = Array.from({ length: 10 }, (_, index) => index);

test("all are kept where all have room", () => {
  expect(spreadOut(items, 10)).toEqual(items);
  expect(spreadOut([], 0)).toEqual([]);
});

test("where they have not, every so many are, the last one among them", () => {
  expect(spreadOut(items, 4)).toEqual([0, 3, 6, 9]);
  expect(spreadOut(items, 0.5)).toEqual([9]);
});
