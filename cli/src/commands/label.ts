import { AssignmentsUnreadableError, readAssignments } from "@systemhealer/ml/cluster/assignments-csv";
import { labelRows, RowCountError } from "@systemhealer/ml/cluster/label-rows";
import { type Command, Option } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { addClusterName } from "../cluster-names.ts";
import { exitCode } from "../exit-code.ts";
import { type InputFile, openInput } from "../files/input-file.ts";
import { checkOutputs, leaveStandardOutputTo, withOutput } from "../files/output-file.ts";
import { underName } from "../files/read-table-file.ts";
import { formatCount } from "../terminal/units.ts";

interface Options {
  readonly name: ReadonlyMap<number, string>;
  readonly out: string;
  readonly unnamed: "omit" | "keep";
}

export function addLabel(program: Command, cli: Cli): void {
  const { output } = cli;
  const unnamed = new Option("--unnamed <omit|keep>", output.text("option-unnamed")).choices(["omit", "keep"]);
  addCommand(program, cli, "label <file> <clusters>", "command-label")
    .requiredOption("--name <cluster=class>", output.text("option-cluster-name"), addClusterName)
    .requiredOption("--out <labelled.csv>", output.text("option-labelled-out"))
    .addOption(unnamed.default("omit"))
    .action((path: string, clustersPath: string, options: Options) => label(cli, path, clustersPath, options));
}

async function label(cli: Cli, path: string, clustersPath: string, options: Options): Promise<void> {
  const { output, signal } = cli;
  leaveStandardOutputTo([options.out], output);
  await checkOutputs([options.out], [path, clustersPath]);
  const [file, clusters] = [await openInput(path), await openInput(clustersPath)];
  const assignments = await assignmentsOf(cli, clusters);
  for (const cluster of options.name.keys()) {
    if (!assignments.includes(cluster)) {
      throw new CliError(exitCode.usage, "cluster-unknown", { cluster, file: clusters.name });
    }
  }
  const count = { rows: 0, omitted: 0 };
  const showProgress = (bytes: number) =>
    output.progress.show(output.text("stage-reading"), file.sizeBytes && bytes / file.sizeBytes);
  await underName(file, () =>
    withOutput(options.out, async ({ write }) => {
      const labelled = { assignments, names: options.name, unnamed: options.unnamed, signal };
      for await (const bytes of labelRows(file.read(signal, showProgress), labelled, count)) await write(bytes);
    }),
  ).catch((cause: unknown) => {
    if (!(cause instanceof RowCountError)) throw cause;
    const parameters = { file: file.name, clusters: clusters.name, rows: cause.rows, expected: cause.expected };
    throw new CliError(exitCode.input, "clusters-of-other-rows", parameters, { cause });
  });
  const classes = [...new Set(options.name.values())];
  const result = { schema: "labelling-result.v1", out: options.out, rows: count.rows, omitted: count.omitted, classes };
  output.result(result, [
    output.text("label-done", {
      file: options.out,
      rows: formatCount(count.rows),
      omitted: formatCount(count.omitted),
    }),
  ]);
}

async function assignmentsOf({ signal }: Cli, file: InputFile): Promise<Int32Array> {
  try {
    return await underName(file, () => readAssignments(file.read(signal), signal));
  } catch (cause) {
    if (!(cause instanceof AssignmentsUnreadableError)) throw cause;
    throw new CliError(exitCode.input, "clusters-unreadable", { file: file.name, ...cause.parameters }, { cause });
  }
}
