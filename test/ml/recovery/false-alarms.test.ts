import { describe, expect, it } from "vitest";
import { chanceOfFaults, falseAlarmsOf, findsFaults } from "../../../packages/ml/src/recovery/false-alarms.ts";

const classes = ["cpu", "normal"];
const known = { rows: 200, alarms: 2, source: "test" as const };

describe("how often a model calls a normal row a fault", () => {
  it("is counted on its test part, where that had normal rows", () => {
    const heldOut = [
      { rows: 50, right: 40 },
      { rows: 80, right: 77 },
    ];
    expect(falseAlarmsOf({ classes, accuracy: 0.9, heldOut }, 1)).toEqual({ rows: 80, alarms: 3, source: "test" });
  });

  it("is what its accuracy lets expect, where it had none or does not tell", () => {
    const empty = [
      { rows: 9, right: 9 },
      { rows: 0, right: 0 },
    ];
    const expected = { rows: 100, alarms: 10, source: "accuracy" };
    expect(falseAlarmsOf({ classes, accuracy: 0.9, heldOut: empty }, 1)).toEqual(expected);
    expect(falseAlarmsOf({ classes, accuracy: 0.9 }, 1)).toEqual(expected);
  });
});

it("the chance of so many faults is that of Fisher's exact test, one-sided", () => {
  expect(chanceOfFaults(1, 100, known)).toBe(1);
  expect(chanceOfFaults(0, 0, known)).toBe(1);
  // 1 − P(X ≤ 3), hypergeometric: 300 rows, 6 faults, 100 drawn.
  expect(chanceOfFaults(4, 100, known)).toBeCloseTo(0.09792, 5);
  expect(chanceOfFaults(40, 100, known)).toBeLessThan(1e-15);
});

it.each([
  ["no fault", 100, 100, false],
  ["as many as normal rows show", 100, 99, false],
  ["most rows", 3, 1, true],
  ["the only row", 1, 0, true],
  ["many among many", 1_000, 960, true],
  ["a few among many", 1_000, 992, false],
])("faults are found, or not: %s", (_, rows, normalRows, found) => {
  expect(findsFaults(rows, normalRows, known)).toBe(found);
});
