import { expect, test } from "vitest";
import { en } from "../../../cli/src/messages/en.ts";
import { text } from "../../../cli/src/messages/text.ts";
import { zh } from "../../../cli/src/messages/zh.ts";

const parametersOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test("every sentence exists in both languages, with the same parameters", () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  for (const [code, sentence] of Object.entries(en)) {
    expect([code, parametersOf(zh[code as keyof typeof zh])]).toEqual([code, parametersOf(sentence)]);
  }
});

test("parameters are put in", () => {
  expect(text("input-missing", { path: "x.csv" }, "en")).toBe("There is no file x.csv.");
  expect(text("input-missing", { path: "x.csv" }, "zh")).toBe("文件 x.csv 不存在。");
});
