import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

// Most of these start the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

test("an unusable file is a table of row, column, found and expected, and exit code 3", async () => {
  const path = join(await temporaryFolder(), "bad.csv");
  await writeFile(path, "cpu,disk,label\n1,2,a\n3,four,a\n5,6,b\n7,8,b\n");
  const people = await systemhealer(["profile", path]);
  expect(people.code).toBe(3);
  expect(people.stdout).toBe("");
  expect(people.stderr).toMatch(/row +column +found +expected/);
  expect(people.stderr).toMatch(/2 +disk +four +number/);
  const machine = await systemhealer(["train", path, "--out", `${path}.onnx`, "--json"]);
  expect(machine.code).toBe(3);
  expect(JSON.parse(machine.stdout).error.findings).toEqual([
    { code: "not-a-number", row: 2, column: "disk", found: "four", expected: expect.any(String) },
  ]);
  const chinese = await systemhealer(["profile", path], { env: { LANG: "zh_CN.UTF-8" } });
  expect(chinese.stderr).toContain("不可用");
});

test.skipIf(!existsSync("/dev/full"))("an answer that cannot be written is told in words", () => {
  const full = openSync("/dev/full", "w");
  try {
    const args = [resolve("cli/bin/systemhealer.mjs"), "--help", "--lang", "en"];
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", full, "pipe"], encoding: "utf8" });
    expect([status, stderr]).toEqual([1, "stdout cannot be written: the disk is full.\n"]);
  } finally {
    closeSync(full);
  }
});

test("what the user did wrong has its exit code and a sentence, and no stack trace", async () => {
  const cases: readonly (readonly [code: number, args: readonly string[]])[] = [
    [2, ["nonsense"]],
    [2, []],
    [2, ["train"]],
    [2, ["train", "x.csv", "--out", "m.onnx", "--learner", "mlp", "--dropout", "3"]],
    [2, ["train", "x.csv", "--out", "m.onnx", "--learner", "mlp", "--epochs", "many"]],
    [2, ["train", "x.csv", "--out", "m.onnx", "--learner", "gbdt", "--epochs", "3"]],
    [2, ["simulate", "--rows", "0"]],
    [2, ["simulate", "--rows", "5", "--out", "-", "--severity", "7"]],
    [2, ["diagnose", "m.onnx", "x.csv", "--out", "-", "--json"]],
    [3, ["profile", "there-is-no-such-file.csv"]],
    [3, ["profile", "."]],
    [3, ["inspect", "package.json"]],
    [3, ["diagnose", "package.json", "package.json", "--out", "-"]],
  ];
  const results = await Promise.all(cases.map(async ([, args]) => ({ args, ...(await systemhealer(args)) })));
  expect(results.map(({ args, code }) => [code, args])).toEqual(cases);
  for (const { stdout, stderr } of results) {
    expect(`${stdout}${stderr}`.trim()).not.toBe("");
    expect(stderr).not.toMatch(/\n\s+at /);
  }
});

test("what a command reads is not overwritten by its result", async () => {
  const target = await temporaryFolder();
  const path = join(target, "input.csv");
  await writeFile(path, "cpu,label\n1,a\n2,b\n");
  const link = join(target, "link.csv");
  await symlink(path, link);
  const own = await systemhealer(["diagnose", "m.onnx", path, "--out", link, "--json"]);
  expect([own.code, JSON.parse(own.stdout).error.code]).toEqual([2, "output-is-input"]);
  const twice = await systemhealer(["train", path, "--out", join(target, "m"), "--report", join(target, ".", "m")]);
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("named for two results")]);
  expect(await readFile(path, "utf8")).toMatch(/^cpu,label/);
});

test("a Chinese reader gets no English sentence for a wrong usage or an unusable input", async () => {
  const target = await temporaryFolder();
  const constant = join(target, "constant.csv");
  await writeFile(constant, `cpu,disk,label\n${"1,,a\n1,,b\n".repeat(40)}`);
  const cases: readonly (readonly [sentence: string, args: readonly string[]])[] = [
    ["没有命令 trian。", ["trian"]],
    ["需要选项 --out <model.onnx>。", ["train", "x.csv"]],
    ["没有选项 --shards-of。", ["logout", "--shards-of", "3"]],
    ["参见：systemhealer runs train --help", ["runs", "train"]],
    [
      "--schema <name>：不能为 flat，应为 reference, long, wide 之一。",
      ["simulate", "--rows", "1", "--schema", "flat"],
    ],
    ["--dropout：最多 0.9", ["train", "x.csv", "--out", "m", "--learner", "mlp", "--dropout", "3"]],
    ["--severity：7 超出范围", ["simulate", "--rows", "1", "--severity", "7"]],
    ["这是文件夹，不是文件", ["inspect", target]],
    ["package.json 不能用作模型：文件不是可读取的 ONNX 模型。", ["inspect", "package.json"]],
    ["无法从该数据集学习：去除重复行后", ["train", constant, "--out", join(target, "m.onnx")]],
  ];
  const results = await Promise.all(cases.map(([, args]) => systemhealer(args, { env: { LANG: "zh_CN.UTF-8" } })));
  for (const [index, [sentence]] of cases.entries()) expect(results[index]!.stderr).toContain(sentence);
});

test("the help tells a setting's default per learner, where learners differ", async () => {
  const { stdout } = await systemhealer(["train", "--help"]);
  const help = stdout.replace(/\s+/g, " ");
  expect(help).toContain("Training setting patience (default: mlp: 10; origin-mlp: 100; gbdt: 60; cnn, gru: 8).");
  expect(help).toContain("Training setting folds (default: 5).");
});

test("the help tells the exit codes, in two languages", async () => {
  const english = await systemhealer(["train", "--help"]);
  expect(english.code).toBe(0);
  expect(english.stdout).toMatch(/Exit codes:[\s\S]*3 {4}the input file is unusable/);
  expect(english.stdout).toContain("--learning-rate");
  expect((await systemhealer(["--help", "--lang", "zh"])).stdout).toContain("用法");
});

test("Ctrl-C ends with 130 and leaves no half-written file", async () => {
  const empty = await temporaryFolder();
  const { code } = await systemhealer(["simulate", "--rows", "50000000", "--out", join(empty, "big.csv")], {
    onSpawn: (child) => {
      const poll = setInterval(async () => {
        if ((await readdir(empty)).length === 0) return;
        clearInterval(poll);
        child.kill("SIGINT");
      }, 20);
    },
  });
  expect(code).toBe(130);
  expect(await readdir(empty)).toEqual([]);
});
