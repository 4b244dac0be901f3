/**
 * Macro-F1 on a file of another environment: of a model as it was trained, of the same model adapted to the file's rows
 * without their labels, and adapted with five labelled rows per class (scored on the others, mean over draws).
 *
 *     npm run bench:adapt -- TRAINING.csv TARGET.csv [--draws 10] [--learner extra-trees] [--threads 2]
 *                            [--peers PYTHON --peers-script peers.py] [--json]
 */
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { type AdaptedModel, adaptModel } from "@systemhealer/ml/adapt/adapt-model";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { expectedCalibrationError } from "@systemhealer/ml/honesty/expected-calibration-error";
import { confusionMatrix } from "@systemhealer/ml/metrics/confusion-matrix";
import { macroF1 } from "@systemhealer/ml/metrics/macro-f1";
import { mostProbable } from "@systemhealer/ml/metrics/most-probable";
import { evaluateModel } from "@systemhealer/ml/pipeline/evaluate";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { createRandom } from "@systemhealer/ml/random/random";
import { shuffle } from "@systemhealer/ml/random/shuffle";
import { readTable } from "@systemhealer/ml/table/read-table";
import type { Table } from "@systemhealer/ml/table/table";
import { endWithUsage, readOptions } from "./options.ts";

const { values, positionals } = readOptions(import.meta.filename, {
  allowPositionals: true,
  options: {
    draws: { type: "string", default: "10" },
    learner: { type: "string", default: "extra-trees" },
    threads: { type: "string", default: String(availableParallelism()) },
    peers: { type: "string" },
    "peers-script": { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const [trainingPath, targetPath] = positionals;
if (!trainingPath || !targetPath) {
  endWithUsage(import.meta.filename, "a training file and a file of another environment are needed");
}
const threads = Number(values.threads);
const draws = Number(values.draws);
const perClass = 5;

const training = await readTable(createReadStream(trainingPath));
const target = await readTable(createReadStream(targetPath));
const settings = TrainingSettings.parse({ learner: { learner: values.learner } });
const parent = await trainModel(training, settings, { trainingFileSha256: "0".repeat(64), threads });

const untouched = await scoreModel(parent.onnx);
const unlabelled = await timed(undefined);
const student = await scoreModel(unlabelled.adapted.onnx);
const few: number[] = [];
for (let draw = 0; draw < draws; draw++) {
  const rows = drawRows(draw);
  const { adapted } = await timed(pick(target, rows));
  few.push(score(adapted, new Set(rows)).macroF1);
}
const result = {
  schema: "bench-adapt.v1",
  machine: `${cpus()[0]?.model ?? "?"}, ${threads} threads`,
  training: { rows: training.rowCount },
  target: { rows: target.rowCount },
  untouched,
  adapted: {
    ...score(unlabelled.adapted, new Set()),
    seconds: unlabelled.seconds,
    processorSeconds: unlabelled.processorSeconds,
  },
  writtenModel: student,
  statement: unlabelled.adapted.statement,
  fewLabels: { perClass, draws, macroF1: mean(few), spread: spread(few), each: few },
  peers: peers(),
  /** Of the whole run, MiB: reading, training and all adaptations. */
  peakMemory: process.resourceUsage().maxRSS / 1_024,
};
if (values.json) console.log(JSON.stringify(result));
else tell();

function tell(): void {
  const { adapted, fewLabels } = result;
  const { expectedAccuracy } = result.statement;
  console.log(result.machine);
  console.log(`untouched               ${untouched.toFixed(3)}`);
  for (const [name, value] of Object.entries(result.peers)) console.log(`${name.padEnd(24)}${value.toFixed(3)}`);
  const seconds = `${adapted.seconds.toFixed(1)} s (${adapted.processorSeconds.toFixed(1)} s of processor time)`;
  console.log(`adapted, no label       ${adapted.macroF1.toFixed(3)}   ece ${adapted.ece.toFixed(3)}   ${seconds}`);
  if (expectedAccuracy) {
    const { value, low, high } = expectedAccuracy;
    const found = `accuracy ${adapted.accuracy.toFixed(3)}`;
    console.log(`  expected ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}), found ${found}`);
  }
  console.log(`the written model       ${student.toFixed(3)}   on the same rows`);
  if (draws > 0) {
    const { macroF1: few, spread: own } = fewLabels;
    console.log(`${perClass} labels per class      ${few.toFixed(3)} ± ${own.toFixed(3)}   ${draws} draws`);
  }
  console.log(`peak memory             ${result.peakMemory.toFixed(0)} MiB`);
}

interface Timed {
  readonly adapted: AdaptedModel;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
}

async function timed(labelled: Table | undefined): Promise<Timed> {
  const started = performance.now();
  const before = process.cpuUsage();
  const { featureNames, rowCount, values: numbers } = target;
  const adapted = await adaptModel(
    parent.onnx,
    { featureNames, rowCount, values: numbers },
    { targetFileSha256: "1".repeat(64), threads, ...(labelled && { labelled }) },
  );
  const { user, system } = process.cpuUsage(before);
  return { adapted, seconds: (performance.now() - started) / 1_000, processorSeconds: (user + system) / 1e6 };
}

function score({ probabilities, card }: AdaptedModel, without: ReadonlySet<number>) {
  const classCount = card.classes.length;
  const rows = [...Array(target.rowCount).keys()].filter((row) => !without.has(row));
  const scored = Float32Array.from(
    rows.flatMap((row) => [...probabilities.subarray(row * classCount, (row + 1) * classCount)]),
  );
  const actual = Int32Array.from(rows, (row) => card.classes.indexOf(labelOf(row)));
  const predicted = mostProbable(scored, classCount);
  return {
    macroF1: macroF1(confusionMatrix(actual, predicted, classCount)),
    accuracy: predicted.filter((diagnosis, place) => diagnosis === actual[place]).length / rows.length,
    ece: expectedCalibrationError(scored, actual, classCount),
  };
}

async function scoreModel(onnx: Uint8Array): Promise<number> {
  const model = await openModel(onnx, { threads });
  try {
    return (await evaluateModel(model, target)).macroF1;
  } finally {
    await model.close();
  }
}

/** Five rows of each class, of a class of fewer than ten half of them. */
function drawRows(draw: number): number[] {
  const random = createRandom(1_000 + draw);
  return (target.classes ?? []).flatMap((_, label) => {
    const own = Int32Array.from([...Array(target.rowCount).keys()].filter((row) => target.labels?.[row] === label));
    shuffle(own, random);
    return [...own.subarray(0, Math.min(perClass, own.length >> 1))];
  });
}

function pick(table: Table, rows: readonly number[]): Table {
  const width = table.featureNames.length;
  const numbers = new Float32Array(rows.length * width);
  for (const [place, row] of rows.entries()) {
    numbers.set(table.values.subarray(row * width, (row + 1) * width), place * width);
  }
  return {
    featureNames: table.featureNames,
    rowCount: rows.length,
    values: numbers,
    labels: Int32Array.from(rows, (row) => table.labels?.[row] ?? -1),
    classes: table.classes ?? [],
  };
}

function labelOf(row: number): string {
  return target.classes?.[target.labels?.[row] ?? -1] ?? "";
}

/** What other learners reach without adaptation, each by its name. */
function peers(): Record<string, number> {
  if (!values.peers || !values["peers-script"] || !trainingPath || !targetPath) return {};
  const order = [values["peers-script"], "transfer", trainingPath, targetPath];
  const lines = execFileSync(values.peers, order, { encoding: "utf8", timeout: 600_000 }).trim().split("\n");
  return Object.fromEntries(
    lines
      .map((line): { model?: string; macroF1?: number } => JSON.parse(line))
      .flatMap(({ model, macroF1: found }) => (model && found !== undefined ? [[model, found]] : [])),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}

function spread(numbers: readonly number[]): number {
  const centre = mean(numbers);
  const squares = numbers.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, numbers.length - 1));
}
