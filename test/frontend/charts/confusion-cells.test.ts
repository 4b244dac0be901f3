import { expect, test } from "vitest";
import { confusionLines, worstConfusions } from "../../../frontend/src/charts/confusion-cells.ts";

const classes = ["disk", "network", "idle"];
const confusion = [
  [8, 2, 0],
  [1, 99, 0],
  [0, 0, 0],
];

test("a cell knows its rows, its share of the actual class and whether it is right", () => {
  const [disk] = confusionLines(classes, confusion, true);
  expect(disk!.id).toBe("disk");
  expect(disk!.data[1]).toEqual({ x: "network", y: 0.2, actual: "disk", rows: 2, share: 0.2, isRight: false });
  expect(disk!.data[0]!.isRight).toBe(true);
});

test("counted by rows, the fullest cell has the full colour", () => {
  const lines = confusionLines(classes, confusion, false);
  expect(lines[1]!.data[1]!.y).toBe(1);
  expect(lines[0]!.data[0]!.y).toBeCloseTo(8 / 99);
});

test("a class without rows has no share, not a share that is no number", () => {
  expect(confusionLines(classes, confusion, true)[2]!.data.map(({ share }) => share)).toEqual([0, 0, 0]);
});

test("the worst confusions are the ones of most rows; right answers are none", () => {
  expect(worstConfusions(classes, confusion, 5)).toEqual([
    { actual: "disk", diagnosed: "network", rows: 2, share: 0.2 },
    { actual: "network", diagnosed: "disk", rows: 1, share: 0.01 },
  ]);
  expect(worstConfusions(classes, confusion, 1)).toHaveLength(1);
});
