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

test("a number has the word beside it that goes with it", () => {
  expect(text("rows-read", { rows: 1 }, "en")).toBe("1 row");
  expect(text("rows-read", { rows: "1,204" }, "en")).toBe("1,204 rows");
  expect(text("groups-kpis", { groups: 1, correlation: "0.9", alone: 1 }, "en")).toBe(
    "1 group of KPIs moves together (rank correlation from 0.9); 1 KPI moves alone",
  );
});

test("what steers a terminal is not put in", () => {
  expect(text("input-missing", { path: "a\u001b[2J\nb" }, "en")).toBe("There is no file a⟨U+001B⟩[2J⟨U+000A⟩b.");
});

test("parameters are put in", () => {
  expect(text("input-missing", { path: "x.csv" }, "en")).toBe("There is no file x.csv.");
  expect(text("input-missing", { path: "x.csv" }, "zh")).toBe("文件 x.csv 不存在。");
});
