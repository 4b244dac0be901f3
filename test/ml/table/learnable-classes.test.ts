import { expect, test } from "vitest";
import { learnableClasses } from "../../../packages/ml/src/table/learnable-classes.ts";

test("a class of one row is left out, and the others are numbered anew", () => {
  expect(learnableClasses(Int32Array.of(2, 0, 3, 2, 1, 3, -1), ["a", "b", "c", "d"])).toEqual({
    labels: Int32Array.of(0, -1, 1, 0, -1, 1, -1),
    classes: ["c", "d"],
    leftOut: [
      { name: "a", rows: 1 },
      { name: "b", rows: 1 },
    ],
  });
});

test.each([
  ["every class has two rows", [0, 1, 1, 0]],
  ["one class alone would remain", [0, 0, 1]],
  ["no class would remain", [0, 1]],
])("nothing is left out where %s", (_, labels) => {
  const all = { labels: Int32Array.from(labels), classes: ["a", "b"] };
  expect(learnableClasses(all.labels, all.classes)).toEqual({ ...all, leftOut: [] });
});
