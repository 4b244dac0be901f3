import { expect, test } from "vitest";
import { languageOf, textsIn } from "../../../local/start/texts/texts.ts";

const about = { seconds: "1", url: "http://u", s3: "s3", services: "x", data: "d", email: "e", password: "p" };

test("the reader's language is that of the terminal", () => {
  expect(languageOf({ LANG: "zh_CN.UTF-8" })).toBe("zh");
  expect(languageOf({ LANG: "en_US.UTF-8", LC_ALL: "zh_CN" })).toBe("zh");
  expect(languageOf({ LANG: "de_DE.UTF-8" })).toBe("en");
});

test("numbers of rows are written as the commands write them", () => {
  expect(textsIn("en").fileReady(3_000, 107)).toBe("3,000 rows, 107 KPIs, simulated");
  expect(textsIn("zh").fileReady(3_000, 107)).toBe("3,000 行，107 个指标，模拟数据");
  expect(textsIn("en").diagnosed(1_200, "a: 1,200", undefined)).toBe("1,200 rows (a: 1,200)");
});

test("a reason that ends in a full stop gets no second one", () => {
  const [en, zh] = [textsIn("en"), textsIn("zh")];
  expect(en.sampleNotLoaded("it ended (exit code 1).")).toMatch(/\(exit code 1\)\. The next start/);
  expect(en.sampleNotLoaded("no answer")).toContain(": no answer. The next start");
  expect(zh.sampleNotLoaded("已结束。")).toContain("已结束。下次启动");
});

test("both languages have all stages, and tell address and sign-in in the same way", () => {
  const [en, zh] = [textsIn("en"), textsIn("zh")];
  expect(Object.keys(zh.stages)).toEqual(Object.keys(en.stages));
  for (const stage of Object.values(zh.stages)) expect(stage).toMatch(/\p{Script=Han}/u);
  for (const { ready } of [en, zh]) {
    expect(ready(about)).toMatch(/^\s*API\s+http:\/\/u /m);
    expect(ready(about)).toContain("npx systemhealer login http://u");
    expect(ready(about)).toContain("Ctrl+C");
  }
});
