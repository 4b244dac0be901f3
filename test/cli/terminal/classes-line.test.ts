import { expect, test } from "vitest";
import { Output } from "../../../cli/src/output.ts";
import { classesLine } from "../../../cli/src/terminal/classes-line.ts";

const classes = ["a", "b", "c"];

test("where the labels name only some of the classes, their number is told, in both languages", () => {
  const confusion = [
    [3, 1, 0],
    [0, 0, 0],
    [1, 0, 2],
  ];
  const en = new Output({ json: false, language: "en" });
  const zh = new Output({ json: false, language: "zh" });
  expect(classesLine(en, { classes, confusion })).toEqual([
    "2 of 3 classes occur in this file; a class that is only diagnosed counts 0 in macro-F1",
  ]);
  expect(classesLine(zh, { classes, confusion })[0]).toContain("3 个类别中的 2 个");
});

test("where all occur, even if one was never diagnosed, nothing is said", () => {
  const confusion = [
    [3, 1, 0],
    [0, 1, 0],
    [1, 2, 0],
  ];
  expect(classesLine(new Output({ json: false, language: "en" }), { classes, confusion })).toEqual([]);
});
