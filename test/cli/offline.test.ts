import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { Explanations } from "@systemhealer/contract/explanation";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemhealer } from "./run-cli.ts";

// Most of these start the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = "";
let training = "";
let later = "";
let model = "";
const trainingReport = () => join(folder, "report.json");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-offline-"));
  training = join(folder, "training.csv");
  later = join(folder, "later.csv");
  model = join(folder, "model.onnx");
  const simulated = await Promise.all([
    systemhealer(["simulate", "--rows", "900", "--seed", "1", "--severity", "0.9", "--out", training, "--json"]),
    systemhealer(["simulate", "--rows", "300", "--seed", "2", "--severity", "0.9", "--out", later]),
  ]);
  expect(simulated.map(({ code }) => code)).toEqual([0, 0]);
  expect(JSON.parse(simulated[0].stdout)).toMatchObject({ simulated: true, rows: 900, file: training });
  expect(simulated[1].stdout).toContain("simulated data");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("train writes a model and prints its metrics as one JSON object", async () => {
  const { code, stdout, stderr } = await systemhealer([
    ...["train", training, "--out", model, "--report", trainingReport(), "--json"],
    ...["--learner", "mlp", "--epochs", "25", "--hidden-units", "64,32", "--seed", "7"],
  ]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result.macroF1).toBeGreaterThan(0.6);
  expect(result.accuracy).toBeGreaterThan(0.6);
  expect(result.importance.length).toBeGreaterThan(20);
  expect(result.importance[0].mean).toBeGreaterThan(0);
  expect(result.fitSeconds).toBeGreaterThan(0);
  expect(result.seconds).toBeGreaterThan(result.fitSeconds);
  expect(result.leaderboard).toEqual({ entries: [] });
  expect(result.settings).toMatchObject({ seed: 7, learner: { epochs: 25, hiddenUnits: [64, 32] } });
  expect(result.sha256).toBe(
    createHash("sha256")
      .update(await readFile(model))
      .digest("hex"),
  );
  const report = JSON.parse(await readFile(trainingReport(), "utf8"));
  expect(report).toMatchObject({ schema: "report.v1", test: { macroF1: result.macroF1 } });
});

test("train without a word of the learner compares several and shows how they did", {
  timeout: 120_000,
}, async () => {
  const { code, stdout } = await systemhealer([
    ...["train", training, "--out", join(folder, "auto.onnx"), "--json"],
    ...["--budget-seconds", "6", "--folds", "3"],
  ]);
  expect(code).toBe(0);
  const { leaderboard, settings, fitSeconds, seconds } = JSON.parse(stdout);
  expect(settings.learner).toEqual({ learner: "auto", budgetSeconds: 6, folds: 3 });
  expect(leaderboard.entries.map(({ learner }: { learner: string }) => learner)).toContain("gbdt");
  const weight = leaderboard.entries.reduce((sum: number, entry: { weight: number }) => sum + entry.weight, 0);
  expect(weight).toBeCloseTo(1, 10);
  expect(seconds).toBeGreaterThan(fitSeconds);
});

test("cv scores a learner on every row, in the folds that it is given", { timeout: 120_000 }, async () => {
  const foldFile = join(folder, "folds.txt");
  await writeFile(foldFile, Array.from({ length: 900 }, (_, row) => `${row % 2}\n`).join(""));
  const linear = ["--learner", "linear", "--json"];
  const [usual, given] = await Promise.all([
    systemhealer(["cv", training, "--folds", "3", "--seed", "1", ...linear]),
    systemhealer(["cv", training, "--fold-file", foldFile, ...linear]),
  ]);
  expect([usual.code, given.code]).toEqual([0, 0]);
  const result = JSON.parse(usual.stdout);
  expect(result).toMatchObject({ folds: 3, rows: 900, learners: [{ learner: "linear", folds: 3 }] });
  expect(result.macroF1).toBeGreaterThan(0.5);
  expect(result.macroF1Spread).toBeGreaterThanOrEqual(0);
  expect(JSON.parse(given.stdout)).toMatchObject({ folds: 2, rows: 900 });
  await writeFile(foldFile, "0\n1\n");
  const short = await systemhealer(["cv", training, "--fold-file", foldFile, "--learner", "linear"]);
  expect(short.code).toBe(3);
  expect(short.stderr).toContain("2 lines; expected one for each of the 900 rows");
});

test("cv of auto scores each of its learners too", { timeout: 120_000 }, async () => {
  const { code, stdout } = await systemhealer(["cv", training, "--folds", "2", "--budget", "8", "--json"]);
  expect(code).toBe(0);
  const { learners, macroF1, accuracy, accuracySpread } = JSON.parse(stdout);
  expect(learners[0]).toMatchObject({ learner: "auto", folds: 2, macroF1, accuracy, accuracySpread });
  expect(learners.map(({ learner }: { learner: string }) => learner)).toEqual(
    expect.arrayContaining(["auto", "linear", "majority"]),
  );
  expect(macroF1).toBeGreaterThan(learners.find(({ learner }: { learner: string }) => learner === "majority").macroF1);
});

test("evaluate scores the model on a labelled file", async () => {
  const { code, stdout } = await systemhealer(["evaluate", model, later, "--json"]);
  expect(code).toBe(0);
  const { macroF1, accuracy, ece, shift, rows, perClass } = JSON.parse(stdout);
  expect(rows).toBe(300);
  expect(ece).toBeGreaterThan(0);
  expect(ece).toBeLessThan(0.5);
  expect(shift).toMatchObject({ verdict: expect.any(String), sampledRows: 300, kpis: 107, most: expect.any(Array) });
  expect(macroF1).toBeGreaterThan(0.55);
  expect(accuracy).toBeGreaterThan(0.55);
  expect(perClass).toHaveLength(6);
  const people = await systemhealer(["evaluate", model, later]);
  expect(people.stdout).toContain(`macro-F1 ${macroF1.toFixed(4)}`);
});

test("diagnose writes a row for each row, results.json and the summary", async () => {
  const out = join(folder, "results.csv");
  const { code, stdout } = await systemhealer([
    ...["diagnose", model, later, "--out", out, "--json"],
    ...["--results-json", join(folder, "results.json"), "--summary", join(folder, "summary.json")],
  ]);
  expect(code).toBe(0);
  const rows = (await readFile(out, "utf8")).trimEnd().split("\n");
  expect(rows).toHaveLength(301);
  expect(rows[0]).toBe(
    "row,sample_id,diagnosis,confidence,p_0,p_1,p_2,p_3,p_4,p_5,novelty,unknown,kpis_beyond,anomalous",
  );
  const unknown = rows.filter((row) => row.split(",").at(-3) === "1").length;
  const results = JSON.parse(await readFile(join(folder, "results.json"), "utf8"));
  expect(Object.keys(results)).toHaveLength(300);
  expect(String(results["0"])).toBe(rows[1]!.split(",")[2]);
  const summary = JSON.parse(await readFile(join(folder, "summary.json"), "utf8"));
  expect(summary).toMatchObject({ schema: "summary.v1", rows: 300, unknownRows: unknown, samplePoints: 300 });
  expect(JSON.parse(stdout)).toMatchObject({ ...summary, peakMemoryBytes: expect.any(Number) });
});

test("diagnose --explain tells the five KPIs that counted most per row, --sample rows for charts", async () => {
  const few = join(folder, "few.csv");
  const lines = (await readFile(later, "utf8")).split("\n").slice(0, 13);
  await writeFile(few, `${lines.join("\n")}\n`);
  const [json, csv, sample] = ["explanations.json", "explanations.csv", "sample.json"].map((name) =>
    join(folder, name),
  );
  const diagnose = ["diagnose", model, few, "--out", join(folder, "few-results.csv")];
  const results = await Promise.all([
    systemhealer([...diagnose, "--explain", json!, "--sample", sample!]),
    systemhealer([...diagnose.slice(0, -1), join(folder, "again.csv"), "--explain", csv!]),
  ]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(results[0]!.stdout).toContain("unknown faults");
  const { rows } = Explanations.parse(JSON.parse(await readFile(json!, "utf8")));
  expect(rows).toHaveLength(12);
  expect(rows.every(({ kpis, method }) => kpis.length === 5 && method === "sampled-shapley")).toBe(true);
  const table = (await readFile(csv!, "utf8")).trimEnd().split("\n");
  expect(table).toHaveLength(1 + 12 * 5);
  expect(table[1]!.split(",")[7]).toBe(rows[0]!.kpis[0]!.name);
  const drawn = DiagnosisSample.parse(JSON.parse(await readFile(sample!, "utf8")));
  expect(drawn).toMatchObject({ rows: 12, classes: ["0", "1", "2", "3", "4", "5"] });
  expect(drawn.points).toHaveLength(12);
});

test("diagnose reads standard input, gzip too, and writes standard output", async () => {
  const out = join(folder, "from-file.csv");
  await systemhealer(["diagnose", model, later, "--out", out]);
  const expected = await readFile(out, "utf8");
  const input = await readFile(later);
  const piped = [input, gzipSync(input)].map((bytes) =>
    systemhealer(["diagnose", model, "-", "--out", "-"], { input: bytes }),
  );
  for (const { code, stdout, stderr } of await Promise.all(piped)) {
    expect(code).toBe(0);
    expect(stdout).toBe(expected);
    expect(stderr).toContain("300 rows diagnosed");
  }
});

test("a missing KPI is a gap and an unknown column is told", async () => {
  const lines = (await readFile(later, "utf8")).trimEnd().split("\n");
  const changed = lines.map((line, i) => line.replace(/^([^,]*),[^,]*/, `$1,${i === 0 ? "surprise" : "1"}`));
  const path = join(folder, "changed.csv");
  await writeFile(path, `${changed.join("\n")}\n`);
  const { code, stdout } = await systemhealer(["diagnose", model, path, "--out", join(folder, "c.csv"), "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).columns).toEqual({ missing: ["feature0"], unknown: ["surprise"] });
});

test("inspect shows card, tensors, size and hash", async () => {
  const { code, stdout } = await systemhealer(["inspect", model, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    inputs: [{ name: "features", shape: ["N", 107] }],
    outputs: [{ name: "probabilities", shape: ["N", 6] }],
    card: { schema: "model-card.v1", classes: ["0", "1", "2", "3", "4", "5"] },
    sizeBytes: (await readFile(model)).length,
  });
  expect((await systemhealer(["inspect", model, "--lang", "zh"])).stdout).toContain("类别：0, 1, 2, 3, 4, 5");
});
