import { availableParallelism } from "node:os";
import { type CrossValidationWarning, crossValidate } from "@systemhealer/ml/pipeline/cross-validate";
import type { Command } from "commander";
import { addCommand, type Cli, decimal, wholeNumber } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { readFoldFile } from "../files/fold-file.ts";
import { openInput } from "../files/input-file.ts";
import { loadTable, profileFile } from "../files/read-table-file.ts";
import type { Output } from "../output.ts";
import { peakMemoryBytes } from "../peak-memory.ts";
import { shortName } from "../terminal/leaderboard-table.ts";
import { repeatedRowsLine } from "../terminal/repeated-rows-line.ts";
import { formatTable } from "../terminal/table.ts";
import { tellUnusedSteps } from "../terminal/tell-unused-steps.ts";
import { formatCount, formatScore, formatSeconds } from "../terminal/units.ts";
import { addTrainingFlags, readTrainingSettings } from "../training-flags.ts";

interface Options {
  readonly folds: number;
  readonly budget: number;
  readonly foldFile?: string;
  readonly labelColumn?: string;
  readonly threads: number;
}

/** Settings that another option of this command stands for, or that have no meaning here. */
const withoutSettings = ["folds", "budgetSeconds", "validationShare", "testShare", "map", "keepSample"] as const;
const mostSeconds = 30 * 86_400;
const usualFolds = 5;
const usualBudgetSeconds = 600;

export function addCv(program: Command, cli: Cli): void {
  const { output } = cli;
  const command = addCommand(program, cli, "cv <file>", "command-cv")
    .option("--folds <n>", output.text("option-cv-folds"), wholeNumber("--folds", 2), usualFolds)
    .option(
      "--budget <seconds>",
      output.text("option-cv-budget"),
      decimal("--budget", 0, mostSeconds),
      usualBudgetSeconds,
    )
    .option("--fold-file <file>", output.text("option-fold-file"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism());
  addTrainingFlags(command, cli, withoutSettings);
  command.action(async (path: string, options: Options) => {
    const settings = readTrainingSettings(command.opts(), output.language, withoutSettings);
    const { learner } = settings.learner;
    if (learner !== "auto" && command.getOptionValueSource("budget") === "cli") {
      throw new CliError(exitCode.usage, "setting-not-of-learner", { option: "--budget", learner });
    }
    tellUnusedSteps(output, settings);
    await validate(cli, path, options, settings);
  });
}

async function validate(
  cli: Cli,
  path: string,
  { folds, budget, foldFile, labelColumn, threads }: Options,
  settings: ReturnType<typeof readTrainingSettings>,
): Promise<void> {
  const { output, signal } = cli;
  const file = await openInput(path);
  const { warnings } = await profileFile(cli, file, { purpose: "training", ...(labelColumn && { labelColumn }) });
  const table = await loadTable(cli, file, labelColumn);
  const foldOfRow = foldFile ? await readFoldFile(foldFile, table.rowCount) : undefined;
  const found = await crossValidate(table, settings, {
    folds,
    budgetSeconds: budget,
    ...(foldOfRow && { foldOfRow }),
    threads,
    signal,
    onProgress: (progress) =>
      output.progress.show(
        output.text("stage-fitting"),
        progress.fraction,
        output.text("cv-fold", { fold: progress.fold, folds: progress.folds, learner: progress.learner }),
      ),
  });
  const { learners, warnings: ofScores, ...whole } = found;
  const result = {
    schema: "cross-validation.v1",
    ...whole,
    seed: settings.seed,
    warnings: [...warnings, ...ofScores],
    learners,
    peakMemoryBytes: peakMemoryBytes(),
  };
  const header = (
    ["learner", "macro-f1", "spread", "pooled", "accuracy", "spread", "calibration-error", "folds"] as const
  ).map((name) => output.text(`column-${name}`));
  const rows = learners.map((learner) => [
    shortName(learner.settings),
    formatScore(learner.macroF1),
    formatScore(learner.macroF1Spread),
    formatScore(learner.pooledMacroF1),
    formatScore(learner.accuracy),
    formatScore(learner.accuracySpread),
    formatScore(learner.ece),
    learner.folds,
  ]);
  for (const warning of ofScores) {
    output.note("finding-warning", { sentence: sentenceOf(output, warning) });
  }
  output.result(result, [
    formatTable(header, rows),
    "",
    ...repeatedRowsLine(output, found.duplicateRowsDropped),
    output.text("cv-done", {
      rows: formatCount(found.rows),
      folds: found.folds,
      macroF1: formatScore(found.macroF1),
      spread: formatScore(found.macroF1Spread),
      pooled: formatScore(found.pooledMacroF1),
      accuracy: formatScore(found.accuracy),
      seconds: formatSeconds(found.seconds),
    }),
  ]);
}

function sentenceOf(output: Output, { code, ...numbers }: CrossValidationWarning): string {
  return output.text(`cv-${code}`, { ...numbers });
}
