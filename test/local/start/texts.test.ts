import { expect, test } from "vitest";
import { languageOf, textsIn } from "../../../local/start/texts/texts.ts";

const about = { seconds: "1", url: "http://u", s3: "s3", services: "x", data: "d", email: "e", password: "p" };

test("the reader's language is that of the terminal", () => {
  expect(languageOf({ LANG: "zh_CN.UTF-8" })).toBe("zh");
  expect(languageOf({ LANG: "en_US.UTF-8", LC_ALL: "zh_CN" })).toBe("zh");
  expect(languageOf({ LANG: "de_DE.UTF-8" })).toBe("en");
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
