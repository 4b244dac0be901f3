import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { en as contractEnglish } from "@systemhealer/contract/messages/en";
import { codesWithWords, wordsOf } from "@systemhealer/contract/messages/words";
import { zh as contract } from "@systemhealer/contract/messages/zh";
import { expect, test } from "vitest";
import { en as cliEnglish } from "../../cli/src/messages/en.ts";
import { zh as cli } from "../../cli/src/messages/zh.ts";
import { en } from "../../frontend/src/i18n/en.ts";
import { zh } from "../../frontend/src/i18n/zh.ts";

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...leaves(value, `${prefix}${key}.`)],
    ),
  );
}
const [english, chinese] = [leaves(en), leaves(zh)];
const parametersOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

test("both languages have the same keys", () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("each sentence names the same parameters in both languages", () => {
  const different = [...english].filter(
    ([key, text]) => String(parametersOf(text)) !== String(parametersOf(chinese.get(key) ?? "")),
  );
  expect(different).toEqual([]);
});

test("in English the word beside a number goes with it, in the portal, the API and on the terminal", () => {
  const words = Object.entries(codesWithWords).flatMap(([parameter, codes]) =>
    codes.map((code) => [code, wordsOf(parameter, code, "en") ?? ""] as const),
  );
  const counted =
    /\{(\w+)\}\}? (?:(?:more|labelled|training|normal) )?(?:rows|KPIs|nodes|classes|models|groups|columns|cells|runs|findings|data sets)\b/;
  // Where there are at least two of them, or the number is not of the things that are named.
  const several =
    /^(?:models\.(?:onlyNewest|compareRange)|diagnosis\.(?:pasteHint|rowsPerPage|sampleNote)|cli\.(?:baseline-own|detect-no-numbers|detect-other-kpis)|too-many-columns|too-few-windows|shards-incomplete)$/;
  const texts = [...english, ...leaves({ contract: contractEnglish, cli: cliEnglish }), ...words];
  expect(texts.filter(([key, text]) => counted.test(text) && !several.test(key)).map(([key]) => key)).toEqual([]);
});

test("Chinese sentences are Chinese, but for the product's name and signs", () => {
  const left = [...chinese].filter(([, text]) => {
    const words = text.replace(/\{\{\w+\}\}/g, "");
    return /[A-Za-z]{3,}/.test(words) && !/[\u4e00-\u9fff]/.test(words);
  });
  expect(left.map(([key]) => key)).toEqual(["product"]);
});

test("marks within Chinese are Chinese, in the portal, the API and on the terminal", () => {
  const words = Object.entries(codesWithWords).flatMap(([parameter, codes]) =>
    codes.map((code) => [code, wordsOf(parameter, code, "zh") ?? ""] as const),
  );
  const texts = [...chinese, ...leaves({ contract, cli }), ...words].filter(([, text]) => /\p{Script=Han}/u.test(text));
  // Braces and quotation marks of JSON and CSV stand as they are typed.
  const sentences = texts.map(([key, text]) => [
    key,
    text.replace(/\{\{?\w+\}?\}/g, "字").replace(/\{"[^{}]*\}|（"）/g, ""),
  ]);
  const western =
    /\p{Script=Han} ?[,;:!?()]|[,;:!?()] ?\p{Script=Han}|\p{Script=Han}\.(?!\w)|["']\p{Script=Han}|\p{Script=Han}["']/u;
  expect(texts.length).toBeGreaterThan(1_000);
  expect(sentences.filter(([, text = ""]) => western.test(text))).toEqual([]);
  expect(texts.filter(([, text]) => /[，。；：！？（）、] | [，。；：！？（）、]|\.{3}/.test(text))).toEqual([]);
});

test("words are put together with the marks of the catalogues, not with those of one language", () => {
  const folder = join(import.meta.dirname, "../../frontend/src");
  const put = globSync("**/*.tsx", { cwd: folder }).flatMap((file) => {
    const code = readFileSync(join(folder, file), "utf8");
    return [...code.matchAll(/\bt\([^`{}()]*\)\}(?:[,;:] | \().*|.*` \(\$\{t\(.*|.*\.join\("[,;] "\).*/g)].map(
      ([line]) => `${file}: ${line.trim()}`,
    );
  });
  // What is typed with commas between is shown so in its field.
  expect(put.filter((line) => !/AnnotationEditor|SettingField/.test(line))).toEqual([]);
});

test("no sentence stands in a component instead of in the catalogues", () => {
  const folder = join(import.meta.dirname, "../../frontend/src");
  const spoken = globSync("**/*.tsx", { cwd: folder }).flatMap((file) => {
    const code = readFileSync(join(folder, file), "utf8");
    return [...code.matchAll(/>\s*([A-Z][a-z]+ [a-z][^<>{}=;]*)</g)].map(([, text]) => `${file}: ${text}`);
  });
  expect(spoken).toEqual([]);
});

test("every sentence is said somewhere, and what is said is in the catalogues", () => {
  const folder = join(import.meta.dirname, "../../frontend/src");
  const files = globSync("**/*.{ts,tsx}", { cwd: folder }).filter((file) => !/^i18n.(en|zh)\b/.test(file));
  const code = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const parts = (key: string) => {
    const names = key.split(".");
    return names.map((_, length) => names.slice(0, length + 1).join("."));
  };
  // By its whole name, as a part of the section that is read, or by a name that is put together.
  const isSaid = (key: string) =>
    parts(key).some(
      (part) =>
        (part.includes(".") && code.includes(`"${part}"`)) || code.includes(`\`${part}.\${`) || key === "product",
    );
  expect([...english.keys()].filter((key) => !isSaid(key))).toEqual([]);

  const sections = new Set([...english.keys()].flatMap(parts));
  const put = [...code.matchAll(/\bt\(\s*`([\w.]+)\.\$\{/g)].map(([, section = ""]) => section);
  expect(put.length).toBeGreaterThan(20);
  expect(put.filter((section) => !sections.has(section))).toEqual([]);
});
