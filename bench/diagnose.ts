/**
 * Rows per second and peak memory of `systemhealer diagnose` on a large file of SIMULATED data, with a model trained in
 * the same run.
 *
 *     npm run bench:diagnose -- [--rows 1000000] [--json]
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const limitBytes = 400 * 1024 * 1024;
const launcher = resolve("cli/bin/systemhealer.mjs");

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, json: { type: "boolean", default: false } },
});
const rows = Number(values.rows);
if (!Number.isSafeInteger(rows) || rows < 1) throw new RangeError(`--rows ${values.rows} is no whole number from 1`);

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const [training, table, model] = ["training.csv", "table.csv", "model.onnx"].map((name) => join(folder, name));
  say(`simulating ${rows} rows …`);
  await systemhealer("simulate", "--rows", "6000", "--seed", "1", "--out", training!);
  const simulation = await systemhealer("simulate", "--rows", String(rows), "--seed", "2", "--out", table!);
  say("training …");
  const trained = await systemhealer("train", training!, "--out", model!, "--epochs", "30");
  say("diagnosing …");
  const found = await systemhealer("diagnose", model!, table!, "--out", join(folder, "results.csv"));

  const { size } = await stat(table!);
  const seconds = numberOf(found, "seconds");
  const peakMemoryBytes = numberOf(found, "peakMemoryBytes");
  const result = {
    simulated: true,
    rows: numberOf(found, "rows"),
    sizeBytes: size,
    seconds,
    rowsPerSecond: numberOf(found, "rows") / seconds,
    megabytesPerSecond: size / 1e6 / seconds,
    peakMemoryBytes,
    limitBytes,
    withinLimit: peakMemoryBytes < limitBytes,
    simulationSeconds: numberOf(simulation, "seconds"),
    modelBytes: numberOf(trained, "sizeBytes"),
    machine: { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version },
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    process.stdout.write(
      [
        `rows diagnosed     ${result.rows} (${(size / 1e6).toFixed(0)} MB of simulated data)`,
        `seconds            ${seconds.toFixed(1)}`,
        `rows per second    ${result.rowsPerSecond.toFixed(0)}`,
        `MB per second      ${result.megabytesPerSecond.toFixed(1)}`,
        `peak memory        ${(peakMemoryBytes / 1024 ** 2).toFixed(0)} MiB (limit ${limitBytes / 1024 ** 2} MiB)`,
        `simulation         ${result.simulationSeconds.toFixed(1)} s`,
        "",
      ].join("\n"),
    );
  }
  if (!result.withinLimit) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Runs the command in a process of its own. @returns the object that it prints */
function systemhealer(...args: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [launcher, ...args, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => {
      if (code === 0) done(JSON.parse(printed));
      else failed(new Error(`systemhealer ${args[0]} ended with ${code}: ${printed.slice(0, 500)}`));
    });
  });
}

function numberOf(result: Record<string, unknown>, name: string): number {
  const value = result[name];
  if (typeof value !== "number") throw new TypeError(`${name} is no number`);
  return value;
}
