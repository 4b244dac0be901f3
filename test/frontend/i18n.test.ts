import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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

test("Chinese sentences are Chinese, but for the product's name and signs", () => {
  const left = [...chinese].filter(([, text]) => {
    const words = text.replace(/\{\{\w+\}\}/g, "");
    return /[A-Za-z]{3,}/.test(words) && !/[\u4e00-\u9fff]/.test(words);
  });
  expect(left.map(([key]) => key)).toEqual(["product"]);
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
