/**
 * Learners that look at windows beside those that look at one row, on rows in the order of time: macro-F1 on the same
 * blocks of time, of which no window reaches into another.
 *
 *     npm run bench:window -- --file long.csv [--file other.csv] [--folds 3] [--window 8] [--epochs 20]
 *                             [--threads 2] [--json]
 *
 * A file with columns of node and time is read as one series per node, any other as one series.
 */
import { createReadStream } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { basename } from "node:path";
import { TrainingSettings, type TrainingSettingsInput } from "@systemhealer/contract/training-settings";
import { crossValidate } from "@systemhealer/ml/pipeline/cross-validate";
import { seriesFolds } from "@systemhealer/ml/pipeline/series-split";
import { createRandom } from "@systemhealer/ml/random/random";
import { readTable } from "@systemhealer/ml/table/read-table";
import { oneSeries } from "@systemhealer/ml/window/series";
import { endWithUsage, readOptions } from "./options.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    file: { type: "string", multiple: true },
    folds: { type: "string", default: "3" },
    window: { type: "string", default: "8" },
    epochs: { type: "string", default: "20" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
if (!values.file) endWithUsage(import.meta.filename, "at least one --file is needed");
const folds = Number(values.folds);
const window = Number(values.window);
const epochs = Number(values.epochs);
const learners: readonly TrainingSettingsInput["learner"][] = [
  { learner: "majority" },
  { learner: "linear", iterations: 100 },
  { learner: "gbdt", rounds: 150, leaves: 8 },
  { learner: "mlp", epochs },
  { learner: "cnn", window, epochs },
  { learner: "gru", window, epochs },
];

interface Score {
  readonly learner: string;
  readonly macroF1: number;
  readonly macroF1Spread: number;
  readonly accuracy: number;
  readonly seconds: number;
}

const results: { readonly file: string; readonly rows: number; readonly series: number; readonly scores: Score[] }[] =
  [];
for (const file of values.file) results.push(await compare(file));
const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ machine, window, folds, results })}\n`
    : `${machine}\n\n${results.map(markdown).join("\n")}`,
);

async function compare(file: string) {
  const table = await readTable(createReadStream(file), { labels: "required", keepSeries: true });
  const { labels = new Int32Array(0), classes = [], rowCount } = table;
  const { previous } = table.series ?? oneSeries(rowCount);
  const rows = Int32Array.from(labels.keys()).filter((row) => labels[row]! >= 0);
  const parts = seriesFolds(rows, labels, classes.length, previous, window, folds, createRandom(0));
  const foldOfRow = new Int32Array(rowCount).fill(-1);
  for (const [fold, part] of parts.entries()) for (const row of part) foldOfRow[row] = fold;
  const scores: Score[] = [];
  for (const learner of learners) {
    const settings = TrainingSettings.parse({ learner, map: "none" });
    const found = await crossValidate(table, settings, {
      folds,
      foldOfRow,
      budgetSeconds: 0,
      threads: Number(values.threads),
    });
    scores.push({ ...found, learner: settings.learner.learner });
    process.stderr.write(`${basename(file)}: ${settings.learner.learner} …\n`);
  }
  return { file: basename(file), rows: rowCount, series: previous.filter((row) => row < 0).length, scores };
}

function markdown({ file, rows, series, scores }: (typeof results)[number]): string {
  return [
    `${file}: ${rows} rows in ${series} series, windows of ${window}, the same ${folds} folds of blocks for all`,
    "",
    "| learner | macro-F1 | accuracy | seconds |",
    "|---|---|---|---|",
    ...scores.map(
      ({ learner, macroF1, macroF1Spread, accuracy, seconds }) =>
        `| ${learner} | ${macroF1.toFixed(4)} ± ${macroF1Spread.toFixed(4)} | ${accuracy.toFixed(4)} | ${seconds.toFixed(0)} |`,
    ),
    "",
  ].join("\n");
}
