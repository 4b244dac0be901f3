import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { leavesModel } from "@systemhealer/contract/adaptation";
import type { Command } from "commander";
import { type AdaptFileOptions, adaptFile } from "../adaptation/adapt-file.ts";
import { adaptationLines } from "../adaptation/adaptation-lines.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { openInput } from "../files/input-file.ts";
import { checkOutputs, leaveStandardOutputTo, writeOutput } from "../files/output-file.ts";
import { formatTable } from "../terminal/table.ts";
import { formatBytes, formatCount, formatSeconds, formatShare } from "../terminal/units.ts";
import { shiftLines } from "./diagnose.ts";

interface Options extends AdaptFileOptions {
  readonly out: string;
}

export function addAdapt(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "adapt <model> <file>", "command-adapt")
    .requiredOption("--out <adapted.onnx>", output.text("option-adapted-out"))
    .option("--labelled <few.csv>", output.text("option-few"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism())
    .action((modelPath: string, path: string, options: Options) => adapt(cli, modelPath, path, options));
}

async function adapt(cli: Cli, modelPath: string, path: string, options: Options): Promise<void> {
  const { output } = cli;
  const started = performance.now();
  leaveStandardOutputTo([options.out], output);
  await checkOutputs([options.out], [modelPath, path, ...(options.labelled ? [options.labelled] : [])]);
  const { adapted, labelledRowsInFile } = await adaptFile(cli, modelPath, await openInput(path), options);
  const { onnx, card, check, shift } = adapted;
  await writeOutput(options.out, onnx);
  const statement = { ...adapted.statement, labelledRowsInFile };
  const seconds = (performance.now() - started) / 1_000;
  const result = {
    schema: "adaptation-result.v1",
    model: options.out,
    sizeBytes: onnx.length,
    sha256: createHash("sha256").update(onnx).digest("hex"),
    adaptation: statement,
    ...(card.adaptedFrom && { adaptedFrom: card.adaptedFrom }),
    ...(shift && { shift }),
    ...(check && { check }),
    seconds,
  };
  const header = [output.text("column-class"), output.text("column-rows"), output.text("column-share")];
  output.result(result, [
    formatTable(
      header,
      statement.classes.map(({ name, rows }) => [name, rows, formatShare(rows / statement.rows)]),
    ),
    "",
    ...shiftLines(output, shift),
    ...adaptationLines(output, statement),
    output.text(leavesModel(statement.verdict) ? "adapt-same" : "adapt-done", {
      model: options.out,
      size: formatBytes(onnx.length),
      rows: formatCount(statement.rows),
      seconds: formatSeconds(seconds),
    }),
  ]);
}
