import { expect, test } from "vitest";
import { parallelAxes } from "../../../frontend/src/charts/parallel-axes.ts";
import { wholeView } from "../../../frontend/src/charts/view.ts";

const names = ["cpu", "disk", "net", "lag"];
const lines = [
  { key: 1, group: "a", values: [0, 10, 5, null] },
  { key: 2, group: "b", values: [100, 20, 5, 3] },
];

test("the whole view has every axis, from its lowest to its highest value", () => {
  const axes = parallelAxes(names, lines, wholeView);
  expect(axes.map(({ name }) => name)).toEqual(names);
  expect(axes[0]).toMatchObject({ min: -4, max: 104 });
});

test("zooming along x leaves fewer axes, along y a part of each", () => {
  const view = { x: { from: 0.25, to: 0.75 }, y: { from: 0.5, to: 1 } };
  const axes = parallelAxes(names, lines, view);
  expect(axes.map(({ name, index }) => [name, index])).toEqual([
    ["disk", 1],
    ["net", 2],
  ]);
  expect(axes[0]!.min).toBeCloseTo(15, 9);
  expect(axes[0]!.max).toBeCloseTo(20.4, 9);
});

test("gaps lie below every value and its axis says so by reaching there", () => {
  const [cpu, , , lag] = parallelAxes(names, lines, wholeView);
  expect(cpu!.gap).toBe(cpu!.min);
  expect(lag!.gap).toBeLessThan(1.5);
  expect(lag!.min).toBeLessThan(lag!.gap);
});
