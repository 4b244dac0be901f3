import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeModel } from "@systemhealer/ml/onnx/encode-model";
import { GraphBuilder } from "@systemhealer/ml/onnx/graph-builder";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemhealer } from "./run-cli.ts";

// Each starts the command six times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = "";
const path = (name: string) => join(folder, name);
const commands: Readonly<Record<string, (file: string) => string[]>> = {
  train: (file) => ["train", file, "--out", path("never.onnx")],
  cv: (file) => ["cv", file, "--learner", "linear"],
  evaluate: (file) => ["evaluate", path("model.onnx"), file],
  diagnose: (file) => ["diagnose", path("model.onnx"), file, "--out", path("never.csv")],
  adapt: (file) => ["adapt", path("model.onnx"), file, "--out", path("never.onnx")],
  detect: (file) => ["detect", file],
};

/** Rows of two classes, of which the second has more of everything. */
function kpis(rowCount: number, header = "cpu,disk,label", classes: readonly string[] = ["calm", "busy"]): string {
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const wave = Math.sin(row * 12.9898);
    const state = row % 2;
    return `${(5 * state + wave).toFixed(3)},${(4 * state - wave).toFixed(3)},${classes[state]}`;
  });
  return `${header}\n${rows.join("\n")}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-bad-"));
  await writeFile(path("good.csv"), kpis(80));
  const { code } = await systemhealer(["train", path("good.csv"), "--out", path("model.onnx"), "--learner", "linear"]);
  expect(code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [
    "labels in GBK",
    Buffer.from(kpis(40, "cpu,disk,label", ["calm", "\xd5\xfd\xb3\xa3"]), "latin1"),
    { code: "not-utf8", row: 2, column: "label", found: "GBK: 正常", expected: "UTF-8" },
  ],
  [
    "a KPI twice in the header",
    Buffer.from(kpis(40, "cpu,cpu,label")),
    { code: "duplicate-column", row: 0, column: "cpu", found: "1, 2", expected: "1" },
  ],
])("%s: every command says where, what stands there and what should", async (_, bytes, finding) => {
  const file = path("bad.csv");
  await writeFile(file, bytes);
  const told = await Promise.all(
    Object.entries(commands).map(async ([name, argsOf]) => {
      const { code, stdout } = await systemhealer([...argsOf(file), "--json"]);
      const { error } = JSON.parse(stdout);
      return [name, code, error.code, error.findings?.[0]];
    }),
  );
  expect(told).toEqual(Object.keys(commands).map((name) => [name, 3, "file-unusable", finding]));
});

test("of a model that onnxruntime does not open, nothing is said but that", async () => {
  const trees = ["--learner", "gbdt", "--rounds", "5", "--map", "none"];
  await systemhealer(["train", path("good.csv"), "--out", path("trees.onnx"), ...trees]);
  const bytes = await readFile(path("trees.onnx"));
  bytes.write("NO_BRANCHX", bytes.indexOf("BRANCH_LEQ"));
  await writeFile(path("altered.onnx"), bytes);
  const { code, stdout, stderr } = await systemhealer(["evaluate", path("altered.onnx"), path("good.csv"), "--json"]);
  const { error } = JSON.parse(stdout);
  expect([code, error.code, error.parameters, stderr]).toEqual([3, "model-unusable", { reason: "not-onnx" }, ""]);
});

test("of a model that answers no probabilities, that is said, and no results are left", async () => {
  const kpiNames = ["cpu", "disk"];
  const graph = new GraphBuilder("model");
  const features = graph.addInput("features", "float32", ["N", 2]);
  graph.addOutput("probabilities", graph.addNode("Abs", [features]), "float32", ["N", 2]);
  const card = {
    schema: "model-card.v1",
    features: kpiNames.map((name) => ({ name, used: true })),
    classes: ["calm", "busy"],
  };
  const metadata = { "systemhealer.card": JSON.stringify(card) };
  await writeFile(path("other.onnx"), encodeModel(graph, { producer: "test", producerVersion: "1", metadata }));
  const orders = [
    ["diagnose", path("other.onnx"), path("good.csv"), "--out", path("never.csv")],
    ["evaluate", path("other.onnx"), path("good.csv")],
  ];
  const told = await Promise.all(orders.map((order) => systemhealer([...order, "--lang", "zh"])));
  expect(told.map(({ code }) => code)).toEqual([3, 3]);
  for (const { stderr } of told) expect(stderr).toContain(`${path("other.onnx")} 不能用作模型：其输出不是概率`);
  expect(await readdir(folder)).not.toContain("never.csv");
});

test("a model whose card lacks what is to be shown is not shown", async () => {
  const bytes = await readFile(path("model.onnx"));
  bytes.write("_", bytes.indexOf('"macroF1"') + 1);
  await writeFile(path("altered.onnx"), bytes);
  const { code, stdout } = await systemhealer(["inspect", path("altered.onnx"), "--json"]);
  expect([code, JSON.parse(stdout).error.parameters]).toEqual([3, { reason: "unknown-card" }]);
});

test("classes that may be one are named, and learned as they stand", async () => {
  await writeFile(path("alike.csv"), kpis(40, "cpu,disk,label", ["busy", "Busy"]));
  const { code, stdout, stderr } = await systemhealer(["profile", path("alike.csv"), "--lang", "zh"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("将按不同类别学习：Busy / busy")]);
  expect(stdout).toContain("Busy");
});

test("a class of one row is left out of the training, and everyone is told", async () => {
  await writeFile(path("odd.csv"), `${kpis(40, "cpu,disk,label")}1,2,rare\n`);
  const train = ["train", path("odd.csv"), "--out", path("odd.onnx"), "--learner", "linear", "--map", "none"];
  const inWords = await systemhealer([...train, "--lang", "zh"]);
  expect([inWords.code, inWords.stderr]).toEqual([0, expect.stringContaining("类别 rare 只有 1 行（第 41 行）")]);
  const { stdout } = await systemhealer([...train, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    classes: ["busy", "calm"],
    warnings: [{ code: "class-left-out", row: 41, column: "rare", found: "1", expected: "2" }],
  });
  const inspected = await systemhealer(["inspect", path("odd.onnx")]);
  expect(inspected.stdout).toContain("not known: rare");
});

test("what is wrong is said in the language of the machine", async () => {
  await writeFile(path("header.csv"), "cpu,disk,label\n");
  const { code, stderr } = await systemhealer(commands.train!(path("header.csv")), { env: { LANG: "zh_CN.UTF-8" } });
  expect(code).toBe(3);
  expect(stderr).toContain("文件只有表头，没有数据行");
});
