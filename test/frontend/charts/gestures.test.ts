import { expect, test } from "vitest";
import { keyMove } from "../../../frontend/src/charts/gestures.ts";
import { wholeView } from "../../../frontend/src/charts/view.ts";

test("plus and minus zoom, and 0 shows everything again", () => {
  const near = keyMove("+", "xy")!(wholeView);
  expect(near.x.to - near.x.from).toBeCloseTo(1 / 1.5, 9);
  expect(keyMove("-", "xy")!(near)).toEqual(wholeView);
  expect(keyMove("0", "xy")!(near)).toBe(wholeView);
});

test("arrows move to the side they point to", () => {
  const near = keyMove("+", "xy")!(wholeView);
  expect(keyMove("ArrowRight", "xy")!(near).x.from).toBeGreaterThan(near.x.from);
  expect(keyMove("ArrowUp", "xy")!(near).y.from).toBeGreaterThan(near.y.from);
  expect(keyMove("ArrowUp", "x")!(near)).toBe(near);
});

test("other keys are left to the page", () => {
  expect(keyMove("Tab", "xy")).toBeUndefined();
  expect(keyMove("PageDown", "xy")).toBeUndefined();
});
