/**
 * MB per second of validation and profiling of a file of SIMULATED data, beside a plain baseline in the same run: Node's
 * `readline`, `split` and `Number`, which checks and profiles nothing.
 *
 *     npm run bench:validate -- [--rows 100000] [--rounds 3] [--json]
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readTable } from "@systemhealer/ml/table/read-table";
import { validateTable } from "@systemhealer/ml/validate/validate-table";
import { simulate } from "@systemhealer/simulator/simulate";
import { readOptions } from "./options.ts";
import { wholeNumber } from "./whole-number.ts";

interface Measure {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const { values } = readOptions(import.meta.filename, {
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const rows = wholeNumber("rows", values.rows);
const rounds = wholeNumber("rounds", values.rounds);
const chunkBytes = 256 * 1024;

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const [plain, compressed] = ["table.csv", "table.csv.gz"].map((name) => join(folder, name)) as [string, string];
  process.stderr.write(`simulating ${rows} rows …\n`);
  await pipeline(Readable.from(simulate({ rows, seed: 1 })), createWriteStream(plain));
  await pipeline(createReadStream(plain), createGzip({ level: 6 }), createWriteStream(compressed));
  const { size } = await stat(plain);

  const measures = { validate: [], validateGzip: [], readTable: [], baseline: [] } as Record<string, Measure[]>;
  let peakMemoryBytes = 0;
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round} of ${rounds} …\n`);
    measures.validate!.push(await measure(() => validate(plain)));
    measures.validateGzip!.push(await measure(() => validate(compressed)));
    // Of validation alone: what follows in the first round takes more.
    if (round === 1) peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    measures.readTable!.push(await measure(() => readTable(open(plain))));
    measures.baseline!.push(await measure(() => readPlainly(plain)));
  }

  const best = Object.fromEntries(Object.entries(measures).map(([name, all]) => [name, bestOf(all)]));
  const result = {
    simulated: true,
    rows,
    sizeBytes: size,
    megabytesPerSecond: Object.fromEntries(
      Object.entries(best).map(([name, { seconds }]) => [name, size / 1e6 / seconds]),
    ),
    megabytesPerCpuSecond: Object.fromEntries(
      Object.entries(best).map(([name, { cpuSeconds }]) => [name, size / 1e6 / cpuSeconds]),
    ),
    timesBaseline: best.baseline!.seconds / best.validate!.seconds,
    peakMemoryBytes,
    machine: { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version },
  };
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const line = (title: string, name: string) =>
      `${title.padEnd(34)} ${result.megabytesPerSecond[name]!.toFixed(0).padStart(6)} MB/s` +
      ` ${result.megabytesPerCpuSecond[name]!.toFixed(0).padStart(6)} MB per CPU second`;
    process.stdout.write(
      [
        `${rows} rows, ${(size / 1e6).toFixed(0)} MB of simulated data; the best of ${rounds} rounds`,
        line("validation and profile", "validate"),
        line("  of the file compressed", "validateGzip"),
        line("reading into memory", "readTable"),
        line("baseline: readline, split, Number", "baseline"),
        `validation is ${result.timesBaseline.toFixed(1)} times as fast as the baseline`,
        `peak memory of validation          ${(peakMemoryBytes / 1024 ** 2).toFixed(0).padStart(6)} MiB`,
        "",
      ].join("\n"),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function open(path: string) {
  return createReadStream(path, { highWaterMark: chunkBytes });
}

async function validate(path: string): Promise<void> {
  const result = await validateTable(open(path), { purpose: "training" });
  if (!result.ok) throw new Error(JSON.stringify(result.report.findings[0]));
  if (result.profile.rows !== rows) throw new Error(`${result.profile.rows} of ${rows} rows were read`);
}

async function readPlainly(path: string): Promise<void> {
  let numbers = 0;
  for await (const line of createInterface({ input: open(path) }))
    for (const cell of line.split(",")) if (!Number.isNaN(Number(cell))) numbers++;
  if (numbers < rows) throw new Error(`${numbers} numbers were read`);
}

async function measure(work: () => Promise<unknown>): Promise<Measure> {
  const started = performance.now();
  const cpuStarted = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpuStarted);
  return { seconds: (performance.now() - started) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

function bestOf(measures: readonly Measure[]): Measure {
  return {
    seconds: Math.min(...measures.map(({ seconds }) => seconds)),
    cpuSeconds: Math.min(...measures.map(({ cpuSeconds }) => cpuSeconds)),
  };
}
