import { failureCodes } from "@systemhealer/contract/failure";
import { en } from "@systemhealer/contract/messages/en";
import { chooseLanguage, findingMessage, message } from "@systemhealer/contract/messages/message";
import { zh } from "@systemhealer/contract/messages/zh";
import { findingCodes } from "@systemhealer/contract/validation-report";
import { describe, expect, it } from "vitest";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe("the messages", () => {
  it("exist in both languages", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en) as (keyof typeof en)[])("%s says the same parameters in both languages", (code) => {
    expect(placeholders(zh[code])).toEqual(placeholders(en[code]));
  });

  it.each([...findingCodes, ...failureCodes])("%s has a sentence", (code) => {
    expect(en).toHaveProperty([code]);
  });

  it("fill in what was found and where", () => {
    const finding = { code: "not-a-number", row: 7, column: "feature3", found: "abc" } as const;
    expect(findingMessage(finding, "en")).toBe(
      "Row 7, column feature3: found abc; expected a number or an empty cell.",
    );
    expect(findingMessage(finding, "zh")).toBe("第 7 行，列 feature3：实际为 abc，应为数字或空单元格。");
  });

  it("do not take a parameter's text for a placeholder", () => {
    expect(message("dataset-not-found", { id: "{id}" }, "en")).toBe("There is no data set {id}.");
  });
});

describe("the language", () => {
  it.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["en-US,en;q=0.9,zh;q=0.8", "en"],
    ["fr, zh;q=0.5, en;q=0.4", "zh"],
    ["en;q=0.2, zh;q=0.7", "zh"],
    ["zh;q=0, en", "en"],
    ["zh_CN.UTF-8", "zh"],
    ["C", "en"],
    ["", "en"],
    [undefined, "en"],
  ])("of %j is %s", (preference, language) => {
    expect(chooseLanguage(preference)).toBe(language);
  });
});
