import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../frontend/src");
const shared = ["charts", "ui", "lib", "i18n"];

const imports = globSync("**/*.{ts,tsx}", { cwd: folder }).flatMap((file) => {
  const code = readFileSync(join(folder, file), "utf8");
  return [...code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, specifier]) => ({
    from: file,
    to: relative(folder, resolve(folder, dirname(file), specifier!)),
  }));
});
const areaOf = (file: string) => file.split("/")[0]!;
const featureOf = (file: string) => file.split("/").slice(0, 2).join("/");

test("shared code imports neither features nor the app", () => {
  const wrong = imports.filter(({ from, to }) => shared.includes(areaOf(from)) && !shared.includes(areaOf(to)));
  expect(wrong).toEqual([]);
});

test("a feature imports shared code and itself, no other feature and not the app", () => {
  const wrong = imports.filter(
    ({ from, to }) => areaOf(from) === "features" && !shared.includes(areaOf(to)) && featureOf(from) !== featureOf(to),
  );
  expect(wrong).toEqual([]);
});
