import fc from "fast-check";
import { expect, test } from "vitest";
import {
  brushed,
  domainOf,
  isWhole,
  itemsOf,
  leastShare,
  panned,
  type View,
  wholeView,
  zoomed,
} from "../../../frontend/src/charts/view.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.record({ x: share, y: share });
const factor = fc.double({ min: 0.05, max: 20, noNaN: true });

test("zooming shows half of the axis, around the place under the pointer", () => {
  const view = zoomed(wholeView, 2, { x: 0.5, y: 0 }, "xy");
  expect(view).toEqual({ x: { from: 0.25, to: 0.75 }, y: { from: 0, to: 0.5 } });
  expect(domainOf([100, 200], view.x)).toEqual([125, 175]);
});

test("what lies under the pointer stays there, unless an end of the axis is reached", () => {
  const view: View = { x: { from: 0.3, to: 0.7 }, y: { from: 0.3, to: 0.7 } };
  const next = zoomed(view, 1.5, { x: 0.25, y: 0.9 }, "xy");
  const at = (from: number, to: number, part: number) => from + part * (to - from);
  expect(at(next.x.from, next.x.to, 0.25)).toBeCloseTo(0.4, 12);
  expect(at(next.y.from, next.y.to, 0.9)).toBeCloseTo(0.66, 12);
});

test("an axis that is not zoomed stays whole", () => {
  expect(zoomed(wholeView, 4, { x: 0.5, y: 0.5 }, "x").y).toBe(wholeView.y);
  expect(brushed(wholeView, { x: 0.2, y: 0.2 }, { x: 0.4, y: 0.4 }, "y").x).toBe(wholeView.x);
});

test("a view that cannot change is the same object, so that the page may scroll instead", () => {
  expect(zoomed(wholeView, 0.5, { x: 0.3, y: 0.3 }, "xy")).toBe(wholeView);
  expect(panned(wholeView, { x: 0.5, y: -0.5 }, "xy")).toBe(wholeView);
});

test("panning moves by shares of what is in sight and stops at the ends", () => {
  const view: View = { x: { from: 0.2, to: 0.4 }, y: { from: 0, to: 1 } };
  expect(panned(view, { x: 0.5, y: 0 }, "xy").x.from).toBeCloseTo(0.3, 12);
  expect(panned(view, { x: -9, y: 0 }, "xy").x.from).toBe(0);
  expect(panned(view, { x: 9, y: 0 }, "xy").x.to).toBe(1);
});

test("a brush shows what it covers, whichever way it was drawn", () => {
  const view = brushed(wholeView, { x: 0.8, y: 0.1 }, { x: 0.6, y: 0.5 }, "xy");
  expect(view.x.from).toBeCloseTo(0.6, 12);
  expect(view.x.to).toBeCloseTo(0.8, 12);
  expect(view.y).toEqual({ from: 0.1, to: 0.5 });
});

test("no sequence of moves leaves the axes", () => {
  const moves = fc.array(
    fc.oneof(
      fc.tuple(factor, place).map(
        ([by, at]) =>
          (view: View) =>
            zoomed(view, by, at, "xy"),
      ),
      place.map((by) => (view: View) => panned(view, { x: 4 * by.x - 2, y: 4 * by.y - 2 }, "xy")),
      fc.tuple(place, place).map(
        ([one, other]) =>
          (view: View) =>
            brushed(view, one, other, "xy"),
      ),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(moves, (list) => {
      const { x, y } = list.reduce((view, move) => move(view), wholeView);
      for (const { from, to } of [x, y]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1 + 1e-12);
        expect(to - from).toBeGreaterThanOrEqual(leastShare - 1e-12);
      }
    }),
  );
});

test("zooming out far enough shows the whole again", () => {
  const near = zoomed(wholeView, 16, { x: 0.9, y: 0.2 }, "xy");
  expect(isWhole(near)).toBe(false);
  expect(isWhole(zoomed(near, 1 / 16, { x: 0.4, y: 0.4 }, "xy"))).toBe(true);
});

test("of items, those in sight are shown, and always one", () => {
  const items = ["a", "b", "c", "d"];
  expect(itemsOf(items, { from: 0, to: 1 })).toEqual(items);
  expect(itemsOf(items, { from: 0.25, to: 0.75 })).toEqual(["b", "c"]);
  expect(itemsOf(items, { from: 0.3, to: 0.302 })).toEqual(["b"]);
  expect(itemsOf(items, { from: 0.998, to: 1 })).toEqual(["d"]);
  expect(itemsOf([], { from: 0, to: 1 })).toEqual([]);
});
