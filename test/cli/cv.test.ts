import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

// These start the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

/** Two classes, the second of two rows only. */
async function lopsidedFile(): Promise<string> {
  const path = join(await temporaryFolder(), "lopsided.csv");
  const rows = Array.from({ length: 40 }, (_, row) => `${row},${row % 7},${row < 38 ? "calm" : "busy"}\n`);
  await writeFile(path, `cpu,disk,label\n${rows.join("")}`);
  return path;
}

test("cv says what macro-F1 is where folds lack a class, and gives it over all rows too", async () => {
  const cv = ["cv", await lopsidedFile(), "--learner", "majority"];
  const [machine, people, chinese] = await Promise.all([
    systemhealer([...cv, "--json"]),
    systemhealer([...cv, "--folds", "50"]),
    systemhealer(cv, { env: { LANG: "zh_CN.UTF-8" } }),
  ]);
  const result = JSON.parse(machine!.stdout);
  const ofCalm = (2 * 38) / (40 + 38);
  expect(result.pooledMacroF1).toBeCloseTo(ofCalm / 2, 10);
  expect(result.learners[0].pooledMacroF1).toBe(result.pooledMacroF1);
  expect(result.macroF1).toBeGreaterThan(result.pooledMacroF1);
  expect(result.warnings).toEqual([{ code: "folds-lack-classes", classes: 1, of: 2 }]);
  expect(people!.stderr).toContain("Warning: The rows allow for 40 folds only, instead of 50.");
  expect(people!.stderr).toContain("some fold has no row");
  expect(people!.stdout).toContain(`over all rows together ${result.pooledMacroF1.toFixed(4)}`);
  expect(chinese!.stderr).toContain("警告：2 个类别中有");
  expect(chinese!.stdout).toContain(`全部行合并计算 ${result.pooledMacroF1.toFixed(4)}`);
});

test("cv refuses a budget for a learner that keeps to none, as train does", async () => {
  const gbdt = ["x.csv", "--learner", "gbdt", "--json"];
  const results = await Promise.all([
    systemhealer(["cv", ...gbdt, "--budget", "5"]),
    systemhealer(["train", ...gbdt, "--out", "m.onnx", "--budget-seconds", "5"]),
  ]);
  for (const [index, option] of ["--budget", "--budget-seconds"].entries()) {
    const { code, stdout } = results[index]!;
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "setting-not-of-learner",
      parameters: { option, learner: "gbdt" },
    });
  }
});

test("train and cv say how many repeated rows they left out", async () => {
  const path = await lopsidedFile();
  const repeated = `${path}.twice.csv`;
  const [header, ...rows] = (await readFile(path, "utf8")).trimEnd().split("\n");
  await writeFile(repeated, `${[header, ...rows, ...rows.slice(0, 7)].join("\n")}\n`);
  const learner = ["--learner", "majority"];
  const out = ["--out", `${path}.onnx`];
  const [training, validation, none, people, chinese] = await Promise.all([
    systemhealer(["train", repeated, ...learner, ...out, "--json"]),
    systemhealer(["cv", repeated, ...learner, "--json"]),
    systemhealer(["train", path, ...learner, "--out", `${path}.none.onnx`, "--json"]),
    systemhealer(["cv", repeated, ...learner]),
    systemhealer(["train", repeated, ...learner, "--out", `${path}.zh.onnx`, "--lang", "zh"]),
  ]);
  expect(JSON.parse(training!.stdout)).toMatchObject({ rows: 47, duplicateRowsDropped: 7 });
  expect(JSON.parse(validation!.stdout)).toMatchObject({ rows: 40, duplicateRowsDropped: 7 });
  expect(JSON.parse(none!.stdout)).toMatchObject({ rows: 40, duplicateRowsDropped: 0 });
  expect(people!.stdout).toContain("7 repeated rows (the same numbers and class as an earlier one) were left out");
  expect(chinese!.stdout).toContain("舍去 7 个重复行");
});
