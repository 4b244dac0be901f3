/**
 * What preprocessing is worth: macro-F1 by cross-validation, one step changed at a time from what suits each learner.
 *
 *     npm run bench:preparation -- --file train.csv [--file other.csv] [--rows 1200] [--folds 3]
 *         [--only oversampling,prior] [--threads 2] [--json]
 *
 * Of a larger file as many rows are drawn, class by class. A value with an asterisk stands where the setting is the
 * learner's own.
 */

import { createReadStream } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { basename } from "node:path";
import { TrainingSettings, type TrainingSettingsInput } from "@systemhealer/contract/training-settings";
import { preparationPreferences } from "@systemhealer/ml/learners/preparation-preferences";
import type { LearnerName } from "@systemhealer/ml/learners/registry";
import { crossValidate } from "@systemhealer/ml/pipeline/cross-validate";
import { createRandom } from "@systemhealer/ml/random/random";
import { shuffle } from "@systemhealer/ml/random/shuffle";
import { readTable } from "@systemhealer/ml/table/read-table";
import type { Table } from "@systemhealer/ml/table/table";
import { endWithUsage, readOptions } from "./options.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    file: { type: "string", multiple: true },
    rows: { type: "string", default: "1200" },
    folds: { type: "string", default: "3" },
    threads: { type: "string", default: "2" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
if (!values.file) endWithUsage(import.meta.filename, "at least one --file is needed");

type Change = Omit<TrainingSettingsInput, "learner">;
const learners: Readonly<Record<string, TrainingSettingsInput["learner"]>> = {
  network: { learner: "mlp", epochs: 25 },
  linear: { learner: "linear", iterations: 100 },
  "boosted trees": { learner: "gbdt", rounds: 150, leaves: 8 },
};
/** Trees take rows as they are. */
const forPreparedRows = new Set(["imputer", "scaler", "outlierLimit", "missingIndicators"]);
const changes: readonly Change[] = [
  {},
  ...(["median", "mean", "mode", "k-nearest", "iterative"] as const).map((imputer) => ({ imputer })),
  ...(["robust-signed-log", "robust", "standard", "quantile-uniform", "quantile-normal"] as const).map((scaler) => ({
    scaler,
  })),
  { outlierLimit: 3 },
  { missingIndicators: false },
  ...(["none", "fisher", "mutual-information", "importance", "stability"] as const).map((selection) => ({ selection })),
  { classWeights: "square-root" },
  { classWeights: "balanced" },
  { oversampling: "smote" },
  { oversampling: "borderline-smote" },
  { prior: "uniform" },
];

interface Line {
  readonly change: Change;
  /** Per file and learner; null where the setting has no say. */
  readonly scores: readonly (readonly (number | null)[])[];
}

const tables = await Promise.all(values.file.map(async (path) => ({ name: basename(path), table: await open(path) })));
const lines: Line[] = [];
const only = values.only?.split(",");
const asked = changes.filter((change) => !only || Object.keys(change).every((key) => only.includes(key)));
for (const change of asked) {
  const scores: (number | null)[][] = [];
  for (const { table } of tables) {
    const found: (number | null)[] = [];
    for (const learner of Object.values(learners)) found.push(await score(table, learner, change));
    scores.push(found);
  }
  lines.push({ change, scores });
  process.stderr.write(`${describe(change)} …\n`);
}
const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
const files = tables.map(({ name, table }) => ({ name, rows: table.rowCount }));
process.stdout.write(
  values.json ? `${JSON.stringify({ machine, files, learners: Object.keys(learners), lines })}\n` : markdown(),
);

async function score(table: Table, learner: TrainingSettingsInput["learner"], change: Change): Promise<number | null> {
  const [key] = Object.keys(change);
  if (key && learner?.learner === "gbdt" && forPreparedRows.has(key)) return null;
  const settings = TrainingSettings.parse({ ...change, learner, map: "none" });
  const options = { folds: Number(values.folds), budgetSeconds: 0, threads: Number(values.threads) };
  return (await crossValidate(table, settings, options)).macroF1;
}

/** As many rows, each class with its share of them. */
async function open(path: string): Promise<Table> {
  const table = await readTable(createReadStream(path), { labels: "required" });
  const { labels = new Int32Array(0), rowCount, featureNames } = table;
  const most = Number(values.rows);
  if (rowCount <= most) return table;
  const order = Int32Array.from(labels.keys());
  shuffle(order, createRandom(1));
  const chosen = order
    .sort((one, other) => labels[one]! - labels[other]!)
    .filter((_, place) => taken(place, most / rowCount));
  const width = featureNames.length;
  const rows = new Float32Array(chosen.length * width);
  for (const [place, row] of chosen.entries())
    rows.set(table.values.subarray(row * width, (row + 1) * width), place * width);
  return { ...table, rowCount: chosen.length, values: rows, labels: chosen.map((row) => labels[row]!) };
}

function taken(place: number, share: number): boolean {
  return Math.floor((place + 1) * share) > Math.floor(place * share);
}

function describe(change: Change): string {
  const [entry] = Object.entries(change);
  return entry ? `${entry[0]}: ${entry[1]}` : "as it is";
}

function markdown(): string {
  const names = Object.keys(learners);
  const own = Object.values(learners).map((learner) => preparationPreferences(learner?.learner as LearnerName));
  const cell = ({ change }: Line, learner: number, value: number | null) => {
    if (value === null) return "–";
    const [entry] = Object.entries(change);
    const isOwn = entry && (own[learner] as unknown as Record<string, unknown>)[entry[0]] === entry[1];
    return `${value.toFixed(3)}${isOwn ? "*" : ""}`;
  };
  return [
    `${machine}; ${files.map(({ name, rows }) => `${name}: ${rows} rows`).join(", ")}; ${values.folds} folds`,
    "",
    `| | ${files.map(({ name }) => names.map((learner) => `${name}, ${learner}`).join(" | ")).join(" | ")} |`,
    `|---|${"---|".repeat(files.length * names.length)}`,
    ...lines.map(
      (line) =>
        `| ${describe(line.change)} | ${line.scores.map((found) => found.map((value, at) => cell(line, at, value)).join(" | ")).join(" | ")} |`,
    ),
    "",
  ].join("\n");
}
