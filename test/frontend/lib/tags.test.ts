import { expect, test } from "vitest";
import { tagProblem, tagsOf } from "../../../frontend/src/lib/tags.ts";

test("tags stand with commas between, Chinese ones too, each once", () => {
  expect(tagsOf(" prod, 华东，prod、, test ")).toEqual(["prod", "华东", "test"]);
  expect(tagsOf("  ")).toEqual([]);
});

test("a tag that is too long and too many tags are named before they are sent", () => {
  expect(tagProblem(["x".repeat(41)])).toEqual({ code: "tagTooLong", tag: "x".repeat(41) });
  expect(tagProblem(Array.from({ length: 21 }, (_, i) => String(i)))).toEqual({ code: "tooManyTags" });
  expect(tagProblem(["x".repeat(40)])).toBeUndefined();
});
