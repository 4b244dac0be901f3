import { availableParallelism } from "node:os";
import type { AdaptationStatement } from "@systemhealer/ml/adapt/certainty/statement";
import type { DiagnosisSummary } from "@systemhealer/ml/diagnose/diagnosis-summary";
import { classScores } from "@systemhealer/ml/metrics/class-scores";
import { noLabelColumn } from "@systemhealer/ml/table/column-roles";
import type { ReadTable } from "@systemhealer/ml/table/read-table";
import { TableError } from "@systemhealer/ml/table/table-error";
import type { Command } from "commander";
import { adaptFile } from "../adaptation/adapt-file.ts";
import { adaptationLines } from "../adaptation/adaptation-lines.ts";
import { answerFile } from "../adaptation/answer-file.ts";
import { scoreOthers } from "../adaptation/score-others.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { type InputFile, openInput, readWhole } from "../files/input-file.ts";
import { openModelFile, withModelOf } from "../files/open-model-file.ts";
import { classesLine } from "../terminal/classes-line.ts";
import { scoreTable } from "../terminal/score-table.ts";
import { formatCount, formatScore } from "../terminal/units.ts";
import { diagnoseFile, shiftLines } from "./diagnose.ts";

interface Options {
  readonly adapt?: boolean;
  readonly labelled?: string;
  readonly labelColumn?: string;
  readonly threads: number;
}

interface Evaluated {
  readonly summary: DiagnosisSummary;
  /** Rows of the file that were left out, where labelled ones were given. */
  readonly labelledRowsInFile?: number;
  readonly adaptation?: AdaptationStatement & { readonly labelledRowsInFile: number };
}

export function addEvaluate(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "evaluate <model> <file>", "command-evaluate")
    .option("--adapt", output.text("option-adapt"))
    .option("--labelled <few.csv>", output.text("option-labelled"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism())
    .action((modelPath: string, path: string, options: Options) => evaluate(cli, modelPath, path, options));
}

async function evaluate(cli: Cli, modelPath: string, path: string, options: Options): Promise<void> {
  const { output } = cli;
  const started = performance.now();
  const file = await openInput(path);
  const evaluated = options.adapt ? evaluateAdapted : options.labelled ? evaluateOthers : evaluateModel;
  const { summary, labelledRowsInFile, adaptation } = await evaluated(cli, modelPath, file, options);
  const { evaluation, columns, shift } = summary;
  if (!evaluation) throw noLabels(file);
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
  const more = { ...(shift && { shift }), ...(adaptation && { adaptation }) };
  output.result({ ...result, ...(labelledRowsInFile !== undefined && { labelledRowsInFile }), ...more, seconds }, [
    scoreTable(output, { perClass }),
    "",
    output.text("evaluate-scores", {
      rows: formatCount(rows),
      macroF1: formatScore(macroF1),
      accuracy: formatScore(accuracy),
    }),
    ...classesLine(output, evaluation),
    ...shiftLines(output, shift),
    ...(labelledRowsInFile ? [output.text("evaluate-left-out", { rows: formatCount(labelledRowsInFile) })] : []),
    ...(adaptation ? adaptationLines(output, adaptation) : []),
  ]);
}

async function evaluateModel(cli: Cli, modelPath: string, file: InputFile, options: Options): Promise<Evaluated> {
  const model = await openModelFile(modelPath, await readWhole(modelPath), { threads: options.threads });
  const found = await withModelOf(modelPath, () =>
    diagnoseFile(cli, model, file, { ...options, needsLabels: true }, () => {}),
  ).finally(() => model.close());
  return { summary: found.summary() };
}

/** On the rows that are not among the labelled ones. */
async function evaluateOthers(cli: Cli, modelPath: string, file: InputFile, options: Options): Promise<Evaluated> {
  const model = await openModelFile(modelPath, await readWhole(modelPath), { threads: options.threads });
  const found = await withModelOf(modelPath, () =>
    answerFile(cli, model, file, options, (target) => expectLabels(target, file, options)),
  ).finally(() => model.close());
  const { answers, target } = found;
  return { summary: scoreOthers(answers, target, file.name), labelledRowsInFile: answers.labelledRows.length };
}

async function evaluateAdapted(cli: Cli, modelPath: string, file: InputFile, options: Options): Promise<Evaluated> {
  const { adapted, target, labelledRowsInFile } = await adaptFile(cli, modelPath, file, options, (target) =>
    expectLabels(target, file, options),
  );
  const summary = scoreOthers(adapted, target, file.name);
  return { summary, adaptation: { ...adapted.statement, labelledRowsInFile } };
}

function expectLabels({ labels }: ReadTable, file: InputFile, { labelColumn }: Options): void {
  if (!labels) throw new TableError(noLabelColumn(labelColumn));
  if (!labels.some((label) => label >= 0)) throw noLabels(file);
}

function noLabels({ name }: InputFile): CliError {
  return new CliError(exitCode.input, "no-labels", { file: name });
}
