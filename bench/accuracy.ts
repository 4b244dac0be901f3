/**
 * Macro-F1 and accuracy inside a file, by cross-validation: `auto` with each of its learners, and what a user would pick
 * instead (LightGBM, scikit-learn), on the very same folds in the same run.
 *
 *     npm run bench:accuracy -- --peers PYTHON --file train.csv [--file other.csv] [--budget 900] [--json]
 *
 * PYTHON has lightgbm, scikit-learn and pandas.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";

const run = promisify(execFile);
const { values } = parseArgs({
  options: {
    file: { type: "string", multiple: true },
    peers: { type: "string" },
    budget: { type: "string", default: "900" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const { file: files, peers: python } = values;
if (!files || !python) throw new TypeError("--peers PYTHON and at least one --file are needed");

interface Score {
  readonly learner: string;
  readonly macroF1: number;
  readonly macroF1Spread: number;
  readonly accuracy: number;
  readonly accuracySpread: number;
  readonly seconds: number;
  readonly settings?: { readonly leaves?: number };
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
  const folds = join(folder, `${basename(file)}.folds`);
  await peer(file, folds);
  process.stderr.write(`${basename(file)}: ours …\n`);
  const ours = JSON.parse(
    await output(process.execPath, [
      ...[command, "cv", file, "--fold-file", folds, "--seed", "0", "--json"],
      ...["--budget", values.budget, "--threads", values.threads],
    ]),
  ) as { readonly rows: number; readonly folds: number; readonly learners: readonly Score[] };
  process.stderr.write(`${basename(file)}: theirs …\n`);
  const lines = (await peer(file, folds, "--score")).trim().split("\n");
  return {
    file: basename(file),
    rows: ours.rows,
    folds: ours.folds,
    ours: ours.learners,
    theirs: lines.map((line) => JSON.parse(line) as Score),
  };
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
