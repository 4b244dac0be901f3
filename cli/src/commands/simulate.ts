import type { ClassShares } from "@systemhealer/simulator/class-shares";
import { describeSimulation } from "@systemhealer/simulator/description";
import {
  type SchemaName,
  type SimulationOptions,
  schemaNames,
  simulationDefaults,
} from "@systemhealer/simulator/options";
import { simulate } from "@systemhealer/simulator/simulate";
import type { SampleTruth } from "@systemhealer/simulator/truth";
import { type Command, Option } from "commander";
import { addCommand, type Cli, decimal, wholeNumber } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { checkOutputs, leaveStandardOutputTo, type OutputFile, withOutput, writeOutput } from "../files/output-file.ts";
import { formatBytes, formatCount, formatSeconds } from "../terminal/units.ts";

interface Options {
  readonly out?: string;
  readonly rows: number;
  readonly seed: number;
  readonly schema: SchemaName;
  readonly missingShare: number;
  readonly classShares?: ClassShares;
  readonly severity: number;
  readonly noise: number;
  readonly shift: number;
  readonly gateways: number;
  readonly shards: number;
  readonly followers: number;
  readonly truth?: string;
  readonly description?: string;
}

export function addSimulate(program: Command, cli: Cli): void {
  const { output } = cli;
  const { topology, ...defaults } = simulationDefaults;
  addCommand(program, cli, "simulate", "command-simulate")
    .option("--out <file>", output.text("option-simulate-out"))
    .requiredOption("--rows <n>", output.text("option-rows"), wholeNumber("--rows", 1))
    .option("--seed <n>", output.text("option-seed"), wholeNumber("--seed", 0), defaults.seed)
    .addOption(
      new Option("--schema <name>", output.text("option-schema")).choices(schemaNames).default(defaults.schema),
    )
    .option(
      "--missing-share <x>",
      output.text("option-missing-share"),
      decimal("--missing-share", 0, 0.95),
      defaults.missingShare,
    )
    .option("--class-shares <class=x,…>", output.text("option-class-shares"), parseShares)
    .option("--severity <x>", output.text("option-severity"), decimal("--severity", 0.01, 1), defaults.severity)
    .option("--noise <x>", output.text("option-noise"), decimal("--noise", 0, 10), defaults.noise)
    .option("--shift <x>", output.text("option-shift"), decimal("--shift", 0, 2), defaults.shift)
    .option("--gateways <n>", output.text("option-gateways"), wholeNumber("--gateways", 1), topology.gateways)
    .option("--shards <n>", output.text("option-shards"), wholeNumber("--shards", 1), topology.shards)
    .option(
      "--followers <n>",
      output.text("option-followers"),
      wholeNumber("--followers", 1),
      topology.followersPerShard,
    )
    .option("--truth <file>", output.text("option-truth"))
    .option("--description <file>", output.text("option-description"))
    .action((options: Options) => writeSimulation(cli, options));
}

async function writeSimulation(cli: Cli, options: Options): Promise<void> {
  const { output } = cli;
  const started = performance.now();
  const out = options.out ?? `simulated-${options.schema}-${options.seed}.csv`;
  const { gateways, shards, followers, truth: truthFile, description, classShares, ...rest } = options;
  const outputs = [out, truthFile, description];
  leaveStandardOutputTo(outputs, output);
  await checkOutputs(outputs, []);
  const topology = { gateways, shards, followersPerShard: followers };
  const simulation: SimulationOptions = { ...rest, topology, ...(classShares && { classShares }) };
  const bytes = await withOutput(out, (file) =>
    truthFile ? withOutput(truthFile, (truth) => write(cli, simulation, file, truth)) : write(cli, simulation, file),
  );
  const described = describeSimulation(options.schema === "reference" ? undefined : topology);
  if (description) await writeOutput(description, `${JSON.stringify(described, null, 2)}\n`);

  const seconds = (performance.now() - started) / 1_000;
  const { rows, seed, schema, shift } = options;
  const result = { schema: "simulation-result.v1", simulated: true, file: out, rows, seed, table: schema, shift };
  output.result({ ...result, sizeBytes: bytes, seconds }, [
    output.text("simulate-done", {
      rows: formatCount(rows),
      file: out,
      size: formatBytes(bytes),
      seconds: formatSeconds(seconds),
    }),
    output.text("simulate-plainly"),
  ]);
}

/** @returns the size of the table in bytes */
async function write(
  { output, signal }: Cli,
  simulation: SimulationOptions,
  file: OutputFile,
  truthFile?: OutputFile,
): Promise<number> {
  let bytes = 0;
  let truths = "";
  const onTruth = (truth: SampleTruth) => {
    truths += `${JSON.stringify(truth)}\n`;
  };
  try {
    for await (const chunk of simulate({ ...simulation, ...(truthFile && { onTruth }) })) {
      signal.throwIfAborted();
      await file.write(chunk);
      await truthFile?.write(truths);
      truths = "";
      bytes += chunk.length;
      output.progress.show(output.text("stage-simulating"), undefined, formatBytes(bytes));
    }
  } catch (error) {
    if (error instanceof RangeError)
      throw new CliError(exitCode.usage, "simulation-refused", { reason: error.message });
    throw error;
  }
  return bytes;
}

function parseShares(value: string): ClassShares {
  const entries = value.split(",").map((item): [string, number] => {
    const [name = "", share = ""] = item.split("=");
    return [name.trim(), share.trim() === "" ? Number.NaN : Number(share)];
  });
  return Object.fromEntries(entries);
}
