/**
 * Time to explain one diagnosis: a model of each learner is trained on SIMULATED data of 107 KPIs, then rows are
 * explained one by one as the API does, and some as those of a file. `blend`: boosted trees, extra trees and a network.
 *
 *     npm run bench:explain -- [--rows 6000] [--learners gbdt,mlp,blend] [--json]
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { fileEffort, openExplainer } from "@systemhealer/ml/explain/open-explainer";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { readTable } from "@systemhealer/ml/table/read-table";
import { readOptions } from "./options.ts";
import { blendedModel } from "./train/blended-model.ts";
import { writeSimulatedFile } from "./train/simulated-file.ts";

const explainedRows = 25;
const limitMilliseconds = 200;
/** Rows that are explained as those of a file are. */
const fileRows = 64;
/** The forests are as large as a user may well make them. */
const settingsOf: Readonly<Record<string, object>> = {
  "extra-trees": { trees: 500 },
  "random-forest": { trees: 500 },
  mlp: { epochs: 10 },
  "origin-mlp": { epochs: 10 },
  auto: { budgetSeconds: 60 },
};

const { values } = readOptions(import.meta.filename, {
  options: {
    rows: { type: "string", default: "6000" },
    learners: { type: "string", default: "gbdt,extra-trees,random-forest,linear,mlp,origin-mlp,blend" },
    json: { type: "boolean", default: false },
  },
});

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const path = await writeSimulatedFile(join(folder, "training.csv"), Number(values.rows));
  const table = await readTable(createReadStream(path));
  const found = [];
  for (const learner of values.learners.split(",")) found.push(await measure(table, learner));
  const machine = { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ simulated: true, found, limitMilliseconds, machine })}\n`);
  if (found.some(({ median }) => median > limitMilliseconds)) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(table: Awaited<ReturnType<typeof readTable>>, learner: string) {
  const onnx = await train(table, learner);
  const model = await openModel(onnx);
  const started = performance.now();
  const explainer = openExplainer(onnx, model);
  const opened = performance.now() - started;
  const width = table.featureNames.length;
  const times: number[] = [];
  let method = "";
  let standardError = 0;
  for (let row = 0; row < explainedRows; row++) {
    const own = table.values.slice(row * width, (row + 1) * width);
    const start = performance.now();
    const probabilities = await model.predict(own, 1);
    const [explanation] = await explainer.explain(own, probabilities, 1);
    times.push(performance.now() - start);
    method = explanation?.method ?? "";
    standardError = Math.max(standardError, explanation?.standardError ?? 0);
  }
  const ofFile = Math.min(fileRows, table.rowCount);
  const probabilities = await model.predict(table.values, ofFile);
  const processor = process.cpuUsage();
  await explainer.explain(table.values, probabilities, ofFile, fileEffort);
  const { user, system } = process.cpuUsage(processor);
  const fileRowsPerSecond = (ofFile * 1e6) / (user + system);
  await model.close();
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? Number.NaN;
  const longest = times.at(-1) ?? Number.NaN;
  const line = [
    learner.padEnd(14),
    method.padEnd(16),
    `${(onnx.length / 1e6).toFixed(1)} MB`.padStart(8),
    `median ${median.toFixed(0)} ms`.padStart(14),
    `longest ${longest.toFixed(0)} ms`.padStart(16),
    `opened in ${opened.toFixed(0)} ms`.padStart(20),
    `of a file ${fileRowsPerSecond.toFixed(0)} rows per processor second`,
    standardError > 0 ? `standard error at most ${standardError.toFixed(2)}` : "exact",
  ];
  process.stderr.write(`${line.join("  ")}\n`);
  return { learner, method, bytes: onnx.length, median, longest, opened, standardError, fileRowsPerSecond };
}

async function train(table: Awaited<ReturnType<typeof readTable>>, learner: string): Promise<Uint8Array> {
  const threads = availableParallelism();
  if (learner === "blend") return blendedModel(table, threads);
  const settings = TrainingSettings.parse({ learner: { learner, ...settingsOf[learner] } });
  return (await trainModel(table, settings, { trainingFileSha256: "0".repeat(64), threads })).onnx;
}
