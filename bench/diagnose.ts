/**
 * Rows per second, processor time and peak memory of `systemhealer diagnose` on a large file of SIMULATED data, once for
 * each learner, with models trained in the same run; and of pandas with LightGBM beside it where a Python that has them
 * is given. Processor time of ours is that of the whole process; it is told on Linux.
 *
 *     npm run bench:diagnose -- [--rows 1000000] [--learners gbdt,mlp,auto] [--threads N] [--peers PYTHON] [--json]
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readOptions } from "./options.ts";

const limitBytes = 400 * 1024 * 1024;
const trainingRows = 6_000;
/** Of processor time, as Linux tells it. */
const ticksPerSecond = 100;
const launcher = resolve("cli/bin/systemhealer.mjs");
/** The boosted trees are as many and as large as the peer's. */
const trainingFlags: Readonly<Record<string, readonly string[]>> = {
  gbdt: ["--rounds", "300", "--leaves", "8"],
  mlp: ["--epochs", "10"],
};

interface Row {
  readonly with: string;
  readonly rows: number;
  readonly seconds: number;
  /** Of all threads; null where it is not told. */
  readonly processorSeconds: number | null;
  readonly peakMemoryBytes: number;
}

const { values } = readOptions(import.meta.filename, {
  options: {
    rows: { type: "string", default: "1000000" },
    learners: { type: "string", default: "gbdt,mlp,auto" },
    threads: { type: "string", default: String(availableParallelism()) },
    peers: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const rows = Number(values.rows);
if (!Number.isSafeInteger(rows) || rows < 1) throw new RangeError(`--rows ${values.rows} is no whole number from 1`);

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const [training, table, model, results] = ["training.csv", "table.csv", "model.onnx", "results.csv"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  say(`simulating ${rows} rows …`);
  await systemhealer("simulate", "--rows", String(trainingRows), "--seed", "1", "--out", training);
  await systemhealer("simulate", "--rows", String(rows), "--seed", "2", "--out", table);
  const found: Row[] = [];
  for (const learner of values.learners.split(",")) {
    say(`${learner}: training …`);
    await systemhealer("train", training, "--out", model, "--learner", learner, ...(trainingFlags[learner] ?? []));
    say(`${learner}: diagnosing …`);
    const before = processorSecondsOfChildren();
    const told = await systemhealer("diagnose", model, table, "--out", results, "--threads", values.threads);
    const after = processorSecondsOfChildren();
    found.push(rowOf(learner, told, before === null || after === null ? null : after - before));
  }
  if (values.peers) {
    say("pandas and LightGBM …");
    const order = [resolve("bench/peers/predict.py"), training, table, results, values.threads];
    const told = await run(values.peers, order);
    found.push(rowOf("pandas and LightGBM", told, numberOf(told, "processorSeconds")));
  }
  tell(found, (await stat(table)).size);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function tell(found: readonly Row[], sizeBytes: number): void {
  const ours = found.filter((row) => row.with !== "pandas and LightGBM");
  const withinLimit = ours.every(({ peakMemoryBytes }) => peakMemoryBytes < limitBytes);
  const theirs = found.find((row) => !ours.includes(row));
  if (values.json) {
    const { threads } = values;
    const machine = { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version };
    process.stdout.write(
      `${JSON.stringify({ simulated: true, rows, sizeBytes, threads, found, limitBytes, withinLimit, machine })}\n`,
    );
  } else {
    say(`${rows} rows, ${(sizeBytes / 1e6).toFixed(0)} MB of simulated data; memory limit ${mebibytes(limitBytes)}`);
    for (const row of found) {
      const ratio = theirs ? `${(row.seconds / theirs.seconds).toFixed(2)} of pandas' time` : "";
      const columns = [
        row.with.padEnd(22),
        `${row.seconds.toFixed(1)} s`.padStart(9),
        `${(row.rows / row.seconds).toFixed(0)} rows/s`.padStart(14),
        `${row.processorSeconds?.toFixed(1) ?? "?"} s of processors`.padStart(22),
        mebibytes(row.peakMemoryBytes).padStart(10),
        ratio,
      ];
      process.stdout.write(`${columns.join("  ").trimEnd()}\n`);
    }
  }
  if (!withinLimit) process.exitCode = 1;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function systemhealer(...args: string[]): Promise<Record<string, unknown>> {
  return run(process.execPath, [launcher, ...args, "--json"]);
}

/** Runs a command in a process of its own. @returns the object that it prints */
function run(command: string, args: readonly string[]): Promise<Record<string, unknown>> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) done(JSON.parse(printed));
      else failed(new Error(`${command} ${args.join(" ")} ended with ${code}: ${printed.slice(0, 500)}`));
    });
  });
}

function rowOf(name: string, result: Record<string, unknown>, processorSeconds: number | null): Row {
  return {
    with: name,
    rows: numberOf(result, "rows"),
    seconds: numberOf(result, "seconds"),
    processorSeconds,
    peakMemoryBytes: numberOf(result, "peakMemoryBytes"),
  };
}

function numberOf(result: Record<string, unknown>, key: string): number {
  const value = result[key];
  if (typeof value !== "number") throw new TypeError(`${key} is no number`);
  return value;
}

/** User and system time of the processes that this one has started and that have ended; null beside Linux. */
function processorSecondsOfChildren(): number | null {
  if (process.platform !== "linux") return null;
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}
