/**
 * How well a fault class that was never learned is told from those that were, on a labelled file (by default one that
 * is SIMULATED): each class is left out in turn, and the area under the curve of its rows against the others is measured
 * on rows of folds that were not learned from. Beside the novelty: one minus the greatest probability of a learner of
 * this package, and scikit-learn's LocalOutlierFactor and IsolationForest where a Python that has them is given. Then
 * the share of rows of known classes that are called unknown, with a limit from rows not learned from.
 *
 *     npm run bench:novelty -- [--file rows.csv] [--label-column label] [--folds 5] [--rows 3000] [--draws 4]
 *                              [--learner random-forest] [--peers PYTHON] [--json]
 */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { areaUnderRoc } from "@systemhealer/ml/honesty/area-under-roc";
import { fitNovelty } from "@systemhealer/ml/honesty/fit-novelty";
import { gatherColumns } from "@systemhealer/ml/honesty/gather-columns";
import { fitLearner, learnerInput } from "@systemhealer/ml/learners/registry";
import type { RawRows } from "@systemhealer/ml/preprocess/preparation";
import { quantile } from "@systemhealer/ml/preprocess/quantile";
import { createRandom } from "@systemhealer/ml/random/random";
import { shuffle } from "@systemhealer/ml/random/shuffle";
import { readTable } from "@systemhealer/ml/table/read-table";
import { readOptions } from "./options.ts";
import { writeSimulatedFile } from "./train/simulated-file.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    file: { type: "string" },
    "label-column": { type: "string", default: "label" },
    folds: { type: "string", default: "5" },
    rows: { type: "string", default: "3000" },
    draws: { type: "string", default: "4" },
    learner: { type: "string", default: "random-forest" },
    peers: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const labelColumn = values["label-column"];
const folds = Number(values.folds);
const { learner } = TrainingSettings.parse({ learner: { learner: values.learner } });
if (learner.learner === "auto" || learnerInput(learner.learner) !== "raw") {
  throw new RangeError("the learner is one that takes raw rows: gbdt, random-forest or extra-trees");
}
const peerOf = learner;

interface Labelled extends RawRows {
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

type Score = (table: Labelled, split: Split) => Promise<ArrayLike<number>>;

/** Rows that are learned from, and rows that are asked. */
interface Split {
  readonly left: number;
  readonly learned: Int32Array;
  readonly held: Int32Array;
}

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const file = values.file ?? (await writeSimulatedFile(join(folder, "simulated.csv"), Number(values.rows)));
  const { labels, classes, values: cells, featureNames } = await readTable(createReadStream(file), { labelColumn });
  if (!labels || !classes) throw new TypeError(`${file} has no labels`);
  const table: Labelled = { columnCount: featureNames.length, values: cells, labels, classes };
  const splits = splitsOf(table, draw(table, 1));
  const areas: Record<string, number[]> = {
    novelty: await areasOf(table, splits, byNovelty),
    [`1 − greatest probability, ${values.learner}`]: await areasOf(table, splits, byProbability),
    ...(values.peers && (await askPeers(values.peers, table, splits))),
  };
  const called: number[] = [];
  for (let each = 0; each < Number(values.draws); each++)
    called.push(await calledUnknown(table, draw(table, 100 + each)));
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  const found = { file: basename(file), simulated: !values.file, rows: labels.length, classes, areas, called, machine };
  process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : report(found));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** At most so many rows in random order. */
function draw({ labels }: Labelled, seed: number): Int32Array {
  const order = Int32Array.from(labels.keys());
  shuffle(order, createRandom(seed));
  return order.subarray(0, Number(values.rows));
}

function splitsOf({ labels, classes }: Labelled, order: Int32Array): Split[] {
  return [...classes.keys()].flatMap((left) =>
    Array.from({ length: folds }, (_, fold) => ({
      left,
      learned: order.filter((row, place) => place % folds !== fold && labels[row] !== left),
      held: order.filter((_, place) => place % folds === fold),
    })),
  );
}

async function areasOf(table: Labelled, splits: readonly Split[], score: Score): Promise<number[]> {
  const scores: ArrayLike<number>[] = [];
  for (const split of splits) scores.push(await score(table, split));
  return meanAreas(table, splits, scores);
}

/** Per class the mean over the folds. */
function meanAreas(
  { labels, classes }: Labelled,
  splits: readonly Split[],
  scores: readonly (ArrayLike<number> | undefined)[],
): number[] {
  const areas = new Float64Array(classes.length);
  for (const [place, { left, held }] of splits.entries()) {
    const of = (wanted: boolean) =>
      Array.from(scores[place] ?? []).filter((_, row) => (labels[held[row] ?? -1] === left) === wanted);
    areas[left] = (areas[left] ?? 0) + areaUnderRoc(of(false), of(true)) / folds;
  }
  return Array.from(areas);
}

async function byNovelty(
  table: Labelled,
  { learned, held }: Pick<Split, "learned" | "held">,
): Promise<ArrayLike<number>> {
  const novelty = await fitNovelty(table, learned, table.labels, table.classes.length);
  if (!novelty) throw new TypeError("nothing to learn from");
  return novelty.score(table, held);
}

async function byProbability(table: Labelled, { learned, held }: Split): Promise<ArrayLike<number>> {
  const { columnCount } = table;
  const columns = Array.from({ length: columnCount }, (_, column) => column);
  const occurring = [...new Set(Array.from(learned, (row) => table.labels[row] ?? -1))].sort((a, b) => a - b);
  const labels = learned.map((row) => occurring.indexOf(table.labels[row] ?? -1));
  const common = { columnCount, classCount: occurring.length };
  const weights = new Float32Array(labels.length).fill(1);
  const samples = {
    ...common,
    rowCount: labels.length,
    values: gatherColumns(table, learned, columns),
    labels,
    weights,
  };
  const none = {
    ...common,
    rowCount: 0,
    values: new Float32Array(0),
    labels: new Int32Array(0),
    weights: new Float32Array(0),
  };
  const fitted = await fitLearner(samples, none, peerOf, { seed: 0, threads: 1 });
  const shares = fitted.predict(gatherColumns(table, held, columns), held.length);
  const width = occurring.length;
  return Array.from(held, (_, row) => 1 - Math.max(...shares.subarray(row * width, (row + 1) * width)));
}

/** Of 15 % of the rows, the share above the limit that 95 % of another 15 % stay below; the rest is learned from. */
async function calledUnknown(table: Labelled, order: Int32Array): Promise<number> {
  const [first, second] = [Math.floor(order.length * 0.7), Math.floor(order.length * 0.85)];
  const learned = order.subarray(0, first);
  const scores = Float64Array.from(await byNovelty(table, { learned, held: order.subarray(first) }));
  const limit = quantile(scores.slice(0, second - first).sort(), 0.95);
  const asked = scores.subarray(second - first);
  return asked.filter((score) => score > limit).length / asked.length;
}

async function askPeers(python: string, table: Labelled, splits: readonly Split[]): Promise<Record<string, number[]>> {
  const { columnCount, values: cells } = table;
  const rowOf = (row: number) =>
    Array.from(cells.subarray(row * columnCount, (row + 1) * columnCount), (value) =>
      Number.isNaN(value) ? null : value,
    );
  const asked = promisify(execFile)(python, [resolve("bench/peers/novelty.py")], {
    env: { ...process.env, OMP_WAIT_POLICY: "passive" },
    timeout: 20 * 60 * 1_000,
    maxBuffer: 2 ** 28,
  });
  asked.child.stdin?.write(`${JSON.stringify(Array.from(table.labels.keys(), rowOf))}\n`);
  for (const { learned, held } of splits) {
    asked.child.stdin?.write(`${JSON.stringify({ learned: Array.from(learned), held: Array.from(held) })}\n`);
  }
  asked.child.stdin?.end();
  const lines = (await asked).stdout.trim().split("\n");
  const told = lines.map((line) => JSON.parse(line) as Record<string, number[]>);
  const methods = Object.keys(told[0] ?? {});
  return Object.fromEntries(
    methods.map((method) => [
      method,
      meanAreas(
        table,
        splits,
        told.map((scores) => scores[method]),
      ),
    ]),
  );
}

function report(found: {
  readonly file: string;
  readonly rows: number;
  readonly classes: readonly string[];
  readonly areas: Readonly<Record<string, readonly number[]>>;
  readonly called: readonly number[];
  readonly machine: string;
}): string {
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const cells = (numbers: readonly number[]) => numbers.map((value) => value.toFixed(3)).join(" | ");
  return [
    `${found.machine}; ${found.file}, ${found.rows} rows, ${folds} folds`,
    "",
    `| area under the curve | mean | ${found.classes.join(" | ")} |`,
    `|---|---|${"---|".repeat(found.classes.length)}`,
    ...Object.entries(found.areas).map(([method, areas]) => `| ${method} | ${cells([mean(areas), ...areas])} |`),
    "",
    `Rows of known classes called unknown (wanted: 0.05): ${mean(found.called).toFixed(3)}, mean of ${found.called.length}.`,
    "",
  ].join("\n");
}
