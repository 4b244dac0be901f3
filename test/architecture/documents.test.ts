import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../..");
const documents = globSync(
  [
    "*.md",
    "docs/{adaptation,architecture,benchmarks,deploy,detection,honesty,traceability}.md",
    "local/*.md",
    "packages/*/README.md",
  ],
  { cwd: repository },
);
const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** `a/{b,c}.ts` is `a/b.ts` and `a/c.ts`. */
function spelledOut(path: string): string[] {
  const [, before, choices, after] = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path) ?? [];
  if (choices === undefined) return [path];
  return choices.split(",").flatMap((choice) => spelledOut(`${before}${choice}${after}`));
}

/** What a document names of the repository: in backticks, from a top folder on; an ending may be left out. */
function pathsIn(text: string): string[] {
  const folders = "bench|cdk|cli|containers|docs|frontend|functions|local|packages|scripts|test";
  const named = text.matchAll(new RegExp(`\`((?:${folders})/[\\w./{},*-]+)\``, "g"));
  return [...named].flatMap(([, path]) => spelledOut(path!));
}

function isThere(path: string): boolean {
  if (path.includes("*")) return globSync(path, { cwd: repository }).length > 0;
  return ["", ".ts", ".tsx"].some((ending) => existsSync(join(repository, path + ending)));
}

describe("what the documents name", () => {
  it("is read in all of them", () => {
    expect(documents).toEqual(
      expect.arrayContaining(["README.md", "README.zh-CN.md", join("docs", "architecture.md")]),
    );
    expect(pathsIn("`test/{cli,ml}/a-{b,c}.ts` and `local/s3`")).toEqual([
      ...["test/cli/a-b.ts", "test/cli/a-c.ts", "test/ml/a-b.ts", "test/ml/a-c.ts"],
      "local/s3",
    ]);
  });

  it.each(documents)("%s: files and folders are there, and scripts too", (document) => {
    const text = readFileSync(join(repository, document), "utf8");
    expect(pathsIn(text).filter((path) => !isThere(path))).toEqual([]);
    const named = [...text.matchAll(/npm run ([a-z][\w:]*)/g)].map(([, script]) => script!);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});
