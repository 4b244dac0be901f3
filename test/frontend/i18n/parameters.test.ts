import { createInstance } from "i18next";
import { expect, test } from "vitest";
import { shownSafely, wordForms } from "../../../frontend/src/i18n/parameters.ts";

const texts = {
  size: "{{rows}} {{rows, row|rows}} · {{share}}",
  open: "Open {{name}}",
};
const i18n = createInstance();
await i18n.use(wordForms).init({
  lng: "en",
  resources: { en: { translation: texts } },
  interpolation: shownSafely,
});
const say = i18n.t as (key: string, parameters: Readonly<Record<string, string>>) => string;

test("a number has the word beside it that goes with it", () => {
  expect(say("size", { rows: "1", share: "1%" })).toBe("1 row · 1%");
  expect(say("size", { rows: "1,001", share: "50%" })).toBe("1,001 rows · 50%");
});

test("a name in a text turns nothing round, and is otherwise as it was written", () => {
  expect(say("open", { name: "cpu\u202egpj.exe" })).toBe("Open cpu⟨U+202E⟩gpj.exe");
  expect(say("open", { name: '<b>磁盘 & "{{share}}"</b>' })).toContain("<b>磁盘 &");
});
