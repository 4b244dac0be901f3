import { expect, test } from "vitest";
import { Output } from "../../../cli/src/output.ts";
import { fewRowsLine } from "../../../cli/src/terminal/few-rows-line.ts";

const en = new Output({ json: false, language: "en" });
const zh = new Output({ json: false, language: "zh" });
const score = (name: string, support: number) => ({ name, support });

test("classes that were scored by a handful of rows are named, in both languages", () => {
  const perClass = [score("disk", 3), score("normal", 450), score("net", 0)];
  expect(fewRowsLine(en, perClass)[0]).toContain("net (0), disk (3)");
  expect(fewRowsLine(zh, perClass)[0]).toContain("net (0)、disk (3)");
});

test("of many such classes five are named, and of none nothing is said", () => {
  const [line] = fewRowsLine(
    en,
    ["a", "b", "c", "d", "e", "f"].map((name) => score(name, 1)),
  );
  expect(line).toContain("e (1) …");
  expect(line).not.toContain("f (1)");
  expect(fewRowsLine(en, [score("disk", 5)])).toEqual([]);
});
