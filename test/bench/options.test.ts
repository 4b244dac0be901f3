import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { usageOf } from "../../bench/options.ts";

const repository = resolve(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const benchmarks = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /^node (bench\/.+\.ts)$/.exec(command) ?? [];
  return file ? [{ name, file: join(repository, file) }] : [];
});

describe.each(benchmarks)("$name", ({ name, file }) => {
  const usage = usageOf(file);

  test("tells how it is called", () => {
    expect(usage).toMatch(new RegExp(`^ {4}npm run ${name} -- `, "m"));
  });

  test("tells each option that it takes", () => {
    const [, config = ""] = /readOptions\(import\.meta\.filename, \{([\s\S]*?)\n\}\);/.exec(
      readFileSync(file, "utf8"),
    )!;
    const options = [...config.matchAll(/"?([a-z-]+)"?: \{ type:/g)].map(([, option]) => `--${option}`);
    expect(options).toContain("--json");
    expect(options.filter((option) => !usage.includes(option))).toEqual([]);
  });
});

describe("a benchmark that is called on the terminal", () => {
  const call = (...options: string[]) =>
    spawnSync(process.execPath, ["bench/validate.ts", ...options], { cwd: repository, encoding: "utf8" });

  test("shows its head where that is asked for", () => {
    const { status, stdout } = call("--help");
    expect(status).toBe(0);
    expect(stdout).toBe(usageOf(join(repository, "bench/validate.ts")));
    expect(stdout).not.toContain("*");
  });

  test("refuses an option that it does not know, and shows its head too", () => {
    const { status, stdout, stderr } = call("--row", "5");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^Unknown option '--row'/);
    expect(stderr).toContain("npm run bench:validate");
  });
});
