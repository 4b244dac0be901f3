import { availableParallelism } from "node:os";
import { classScores } from "@systemhealer/ml/metrics/class-scores";
import type { Command } from "commander";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { openInput, readWhole } from "../files/input-file.ts";
import { openModelFile } from "../files/open-model-file.ts";
import { scoreTable } from "../terminal/score-table.ts";
import { formatCount, formatScore } from "../terminal/units.ts";
import { diagnoseFile, shiftLines } from "./diagnose.ts";

interface Options {
  readonly labelColumn?: string;
  readonly threads: number;
}

export function addEvaluate(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "evaluate <model> <file>", "command-evaluate")
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism())
    .action((modelPath: string, path: string, options: Options) => evaluate(cli, modelPath, path, options));
}

async function evaluate(cli: Cli, modelPath: string, path: string, options: Options): Promise<void> {
  const { output } = cli;
  const started = performance.now();
  const model = await openModelFile(modelPath, await readWhole(modelPath), { threads: options.threads });
  const file = await openInput(path);
  const found = await diagnoseFile(cli, model, file, options, () => {}).finally(() => model.close());
  const { evaluation, columns, shift } = found.summary();
  if (!evaluation) throw new CliError(exitCode.input, "no-labels", { file: file.name });
  const { rows, accuracy, macroF1, ece, confusion, classes } = evaluation;
  const perClass = classScores(confusion).map((scores, index) => ({ name: classes[index] ?? "?", ...scores }));
  const seconds = (performance.now() - started) / 1_000;
  const result = {
    schema: "evaluation-result.v1",
    macroF1,
    accuracy,
    ece,
    rows,
    classes,
    perClass,
    confusion,
    columns,
  };
  output.result({ ...result, ...(shift && { shift }), seconds }, [
    scoreTable(output, { perClass }),
    "",
    output.text("evaluate-scores", {
      rows: formatCount(rows),
      macroF1: formatScore(macroF1),
      accuracy: formatScore(accuracy),
    }),
    ...shiftLines(output, shift),
  ]);
}
