import { datasetStatuses } from "@systemhealer/contract/dataset";
import { failureCodes } from "@systemhealer/contract/failure";
import { en } from "@systemhealer/contract/messages/en";
import { chooseLanguage, findingMessage, message } from "@systemhealer/contract/messages/message";
import { codesWithWords, wordsOf } from "@systemhealer/contract/messages/words";
import { zh } from "@systemhealer/contract/messages/zh";
import { runStatuses } from "@systemhealer/contract/run";
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
      "Row 7, column feature3: found abc; expected a number such as 12.5 or 1e9, or an empty cell.",
    );
    expect(findingMessage(finding, "zh")).toBe(
      "第 7 行，列 feature3：实际为 abc，应为数字（例如 12.5 或 1e9）或空单元格。",
    );
  });

  it("call row 0 the header", () => {
    const finding = { code: "too-few-cells", row: 0, found: "1", expected: "3" } as const;
    expect(findingMessage(finding, "en")).toBe("Header: 1 cell; expected 3.");
    expect(findingMessage(finding, "zh")).toBe("表头：有 1 个单元格，应为 3 个。");
  });

  it("put the word beside a number that goes with it", () => {
    const shift = (kpis: number, shifted: number) => message("shift-other", { kpis, shifted }, "en");
    expect(shift(107, 31)).toContain("31 of 107 KPIs live in");
    expect(shift(107, 1)).toContain("1 of 107 KPIs lives in");
    expect(shift(1, 1)).toContain("1 of 1 KPI lives in");
    expect(message("shift-other", { kpis: 107, shifted: 1 }, "zh")).not.toContain("|");
  });

  it("show by their code points what in a name would steer the sentence", () => {
    const finding = { code: "not-a-number", row: 7, column: "cpu\u202edaol", found: "\u001b[2J" } as const;
    expect(findingMessage(finding, "en")).toContain("column cpu⟨U+202E⟩daol: found ⟨U+001B⟩[2J;");
    expect(findingMessage(finding, "zh")).toContain("列 cpu⟨U+202E⟩daol：实际为 ⟨U+001B⟩[2J，");
  });

  it("say parameters in words that are codes themselves", () => {
    const unusable = { reason: "no-informative-features", features: 4 };
    expect(message("data-unusable", unusable, "en")).toBe(
      "The data set cannot be learned from: none of its 4 KPIs ever changes; they are constant or empty.",
    );
    expect(message("data-unusable", unusable, "zh")).toBe(
      "无法从该数据集学习：全部 4 个指标都没有变化（为常量或为空）。",
    );
    const windows = { reason: "too-few-windows", rows: 30, window: 8 };
    expect(message("data-unusable", windows, "en")).toContain("its 30 rows cannot be divided into stretches of time");
    const wide = { reason: "too-many-columns", imputer: "iterative", columns: 300, most: 256 };
    expect(message("data-unusable", wide, "zh")).toContain("300 个指标对插补方法 iterative 来说太多（最多 256 个）");
    expect(message("model-unusable", { reason: "no-card" }, "zh")).toBe(
      "存储的模型已损坏或无法读取：该文件不是由 SystemHealer 写出的。",
    );
    expect(message("run-not-ended", { id: "run-1", status: "running" }, "zh")).toContain("状态为运行中");
    expect(message("role-too-low", { needed: "admin", held: "viewer" }, "en")).toContain("the role administrator");
  });

  it("say a finding within a sentence where it is the reason", () => {
    const parameters = { reason: "not-a-number", row: 3, column: "cpu", found: "x" };
    expect(message("data-unusable", parameters, "zh")).toBe(
      "无法从该数据集学习：第 3 行，列 cpu：实际为 x，应为数字（例如 12.5 或 1e9）或空单元格。",
    );
  });

  it("leave reasons that are no codes as they are, also those that look like placeholders", () => {
    expect(message("worker-crashed", { reason: "{reason}" }, "en")).toBe("The worker ended with an error ({reason}).");
    expect(message("worker-crashed", { reason: "constructor" }, "en")).toContain("(constructor)");
  });

  it.each(["reason", "status", "needed", "held"])("have words in both languages for each code of %s", (parameter) => {
    for (const code of codesWithWords[parameter]!) {
      const [english, chinese] = [wordsOf(parameter, code, "en")!, wordsOf(parameter, code, "zh")!];
      expect(placeholders(chinese)).toEqual(placeholders(english));
    }
  });

  it("have words for every status", () => {
    expect(codesWithWords.status).toEqual(expect.arrayContaining([...runStatuses, ...datasetStatuses]));
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

it("what is not known is left out where a sentence can do without it", () => {
  expect(message("out-of-memory", { memoryMiB: 512 }, "en")).toContain("out of memory (512 MiB).");
  expect(message("out-of-memory", {}, "en")).toContain("out of memory.");
  expect(message("out-of-memory", {}, "zh")).not.toMatch(/[?（[]/);
  const missing = { found: 1, expected: 40, missing: "a, b" };
  expect(message("columns-do-not-match", missing, "en")).toMatch(/Missing: a, b\.$/);
  expect(message("columns-do-not-match", { ...missing, more: 17 }, "en")).toMatch(/Missing: a, b and 17 more\.$/);
});
