/**
 * Macro-F1 and accuracy inside a file, by cross-validation: `auto` with each of its learners, and what a user would pick
 * instead (LightGBM, scikit-learn), on the very same folds in the same run.
 *
 *     npm run bench:accuracy -- --peers PYTHON --file train.csv [--file other.csv] [--seeds 0] [--budget 900]
 *                               [--threads 2] [--json]
 *
 * PYTHON has lightgbm, scikit-learn and pandas. Each seed draws folds of its own; with several, the table has means over
 * them, and the spread is that of the seeds' means, which tells how much of a difference is the luck of the folds.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { endWithUsage, readOptions } from "./options.ts";

const run = promisify(execFile);
const { values } = readOptions(import.meta.filename, {
  options: {
    file: { type: "string", multiple: true },
    peers: { type: "string" },
    seeds: { type: "string", default: "0" },
    budget: { type: "string", default: "900" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const { file: files, peers: python } = values;
const seeds = values.seeds.split(",");
if (!files || !python) endWithUsage(import.meta.filename, "--peers PYTHON and at least one --file are needed");

interface Score {
  readonly learner: string;
  readonly macroF1: number;
  readonly macroF1Spread: number;
  readonly accuracy: number;
  readonly accuracySpread: number;
  readonly seconds: number;
  readonly settings?: { readonly leaves?: number };
  readonly selection?: unknown;
}

interface Comparison {
  readonly file: string;
  readonly rows: number;
  readonly folds: number;
  readonly ours: readonly Score[];
  readonly theirs: readonly Score[];
}

/** Longest time for one side of one file. */
const mostMilliseconds = 2 * 3_600 * 1_000;
const command = resolve("cli/bin/systemhealer.mjs");
const peersScript = resolve("bench/peers/cross_validate.py");

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const comparisons: Comparison[] = [];
  for (const file of files) comparisons.push(await compare(file));
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ machine, comparisons })}\n`
      : `${machine}\n\n${comparisons.map(table).join("\n")}`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(file: string): Promise<Comparison> {
  const found: Comparison[] = [];
  for (const seed of seeds) {
    const folds = join(folder, `${basename(file)}.${seed}.folds`);
    await peer(file, folds, "--seed", seed);
    process.stderr.write(`${basename(file)}, seed ${seed}: ours …\n`);
    const ours = JSON.parse(
      await output(process.execPath, [
        ...[command, "cv", file, "--fold-file", folds, "--seed", "0", "--json"],
        ...["--budget", values.budget, "--threads", values.threads],
      ]),
    ) as { readonly rows: number; readonly folds: number; readonly learners: readonly Score[] };
    process.stderr.write(`${basename(file)}, seed ${seed}: theirs …\n`);
    const lines = (await peer(file, folds, "--score")).trim().split("\n");
    const one = {
      file: basename(file),
      rows: ours.rows,
      folds: ours.folds,
      ours: ours.learners,
      theirs: lines.map((line) => JSON.parse(line) as Score),
    };
    found.push(one);
    if (seeds.length > 1) process.stderr.write(`seed ${seed}\n${table(one)}`);
  }
  return found.length === 1 ? found[0]! : overSeeds(found);
}

/** Learners that every seed has, once; a seed's leaderboard has them in an order of its own. */
function overSeeds(found: readonly Comparison[]): Comparison {
  const nameOf = ({ learner, settings, selection }: Score) => JSON.stringify([learner, settings?.leaves, selection]);
  const together = (side: "ours" | "theirs") =>
    found[0]![side].flatMap((first) => {
      const scores = found.flatMap((comparison) => comparison[side].filter((score) => nameOf(score) === nameOf(first)));
      if (scores.length !== found.length) return [];
      const [macroF1, macroF1Spread] = meanAndSpread(scores.map((score) => score.macroF1));
      const [accuracy, accuracySpread] = meanAndSpread(scores.map((score) => score.accuracy));
      const seconds = scores.reduce((sum, score) => sum + score.seconds, 0);
      return [{ ...first, macroF1, macroF1Spread, accuracy, accuracySpread, seconds }];
    });
  return { ...found[0]!, ours: together("ours"), theirs: together("theirs") };
}

function meanAndSpread(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

function peer(...args: string[]): Promise<string> {
  return output(python!, [peersScript, ...args]);
}

async function output(program: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, OMP_WAIT_POLICY: "passive" };
  return (await run(program, args, { env, timeout: mostMilliseconds, maxBuffer: 2 ** 24 })).stdout;
}

function table({ file, rows, folds, ours, theirs }: Comparison): string {
  const number = (value: number) => value.toFixed(4);
  const line = (side: string, { learner, settings, ...score }: Score) => {
    const name = settings?.leaves ? `${learner}, ${settings.leaves} leaves` : learner;
    const seconds = score.seconds > 0 ? score.seconds.toFixed(0) : "–";
    return `| ${side} | ${name} | ${number(score.macroF1)} ± ${number(score.macroF1Spread)} | ${number(score.accuracy)} | ${seconds} |`;
  };
  return [
    `${file}: ${rows} rows, the same ${folds} folds for all`,
    "",
    "| | learner | macro-F1 | accuracy | seconds |",
    "|---|---|---|---|---|",
    ...ours.map((score) => line("ours", score)),
    ...[...theirs].sort((one, other) => other.macroF1 - one.macroF1).map((score) => line("peer", score)),
    "",
  ].join("\n");
}
