/**
 * Rows per processor second that a model answers, and processor time of one row, with its trees and the first layers of
 * its networks scored by this package and by onnxruntime alone, in turn; on SIMULATED data of 107 KPIs.
 *
 *     npm run bench:score -- [--rows 6000] [--rounds 5] [--learners gbdt,extra-trees,mlp,auto] [--json]
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { type OpenModel, openModel } from "@systemhealer/ml/diagnose/model";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { readTable } from "@systemhealer/ml/table/read-table";
import { readOptions } from "./options.ts";
import { writeSimulatedFile } from "./train/simulated-file.ts";
import { wholeNumber } from "./whole-number.ts";

/** Of a smaller file all rows. */
const mostAskedRows = 2_048;
const mostSingleRows = 300;
const settingsOf: Readonly<Record<string, object>> = {
  gbdt: { rounds: 300, leaves: 8 },
  mlp: { epochs: 10 },
  auto: { budgetSeconds: 60, folds: 3 },
};

const { values } = readOptions(import.meta.filename, {
  options: {
    rows: { type: "string", default: "6000" },
    rounds: { type: "string", default: "5" },
    learners: { type: "string", default: "gbdt,random-forest,extra-trees,mlp,auto" },
    json: { type: "boolean", default: false },
  },
});
const rows = wholeNumber("rows", values.rows);
const rounds = wholeNumber("rounds", values.rounds);

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const path = await writeSimulatedFile(join(folder, "training.csv"), rows);
  const table = await readTable(createReadStream(path));
  const found = [];
  for (const learner of values.learners.split(",")) found.push(await compare(table, learner));
  const machine = { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ simulated: true, found, machine })}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(table: Awaited<ReturnType<typeof readTable>>, learner: string) {
  const settings = TrainingSettings.parse({ learner: { learner, ...settingsOf[learner] }, map: "none" });
  const options = { trainingFileSha256: "0".repeat(64), threads: availableParallelism() };
  const { onnx } = await trainModel(table, settings, options);
  const [ours, whole] = [await openModel(onnx), await openModel(onnx, { whole: true })];
  const width = table.featureNames.length;
  const askedRows = Math.min(mostAskedRows, table.rowCount);
  const singleRows = Math.min(mostSingleRows, table.rowCount);
  const many = (model: OpenModel) => model.predict(table.values, askedRows, new Float32Array(askedRows));
  const one = async (model: OpenModel) => {
    const novelty = new Float32Array(1);
    for (let row = 0; row < singleRows; row++) await model.predict(table.values.subarray(row * width), 1, novelty);
  };
  const seconds = { many: { ours: [], whole: [] }, one: { ours: [], whole: [] } } as Record<
    "many" | "one",
    Record<"ours" | "whole", number[]>
  >;
  await Promise.all([many(ours), many(whole), one(ours), one(whole)]);
  for (let round = 0; round < rounds; round++) {
    seconds.many.ours.push(await processorSeconds(() => many(ours)));
    seconds.many.whole.push(await processorSeconds(() => many(whole)));
    seconds.one.ours.push(await processorSeconds(() => one(ours)));
    seconds.one.whole.push(await processorSeconds(() => one(whole)));
  }
  await Promise.all([ours.close(), whole.close()]);
  const rate = (times: readonly number[]) => askedRows / Math.min(...times);
  const each = (times: readonly number[]) => (Math.min(...times) / singleRows) * 1e6;
  const result = {
    learner,
    rowsPerSecond: { ours: rate(seconds.many.ours), onnxruntime: rate(seconds.many.whole) },
    timesAsQuick: rate(seconds.many.ours) / rate(seconds.many.whole),
    microsecondsOfOneRow: { ours: each(seconds.one.ours), onnxruntime: each(seconds.one.whole) },
  };
  const line = [
    learner.padEnd(14),
    `${result.rowsPerSecond.ours.toFixed(0)} rows per processor second`.padStart(34),
    `onnxruntime alone ${result.rowsPerSecond.onnxruntime.toFixed(0)}`.padStart(26),
    `${result.timesAsQuick.toFixed(1)} ×`.padStart(8),
    `one row ${result.microsecondsOfOneRow.ours.toFixed(0)} µs`.padStart(16),
    `onnxruntime alone ${result.microsecondsOfOneRow.onnxruntime.toFixed(0)} µs`,
  ];
  process.stderr.write(`${line.join("  ")}\n`);
  return result;
}

async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
