import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { failureMessage } from "@systemhealer/contract/messages/message";
import { describeLearner } from "@systemhealer/ml/pipeline/ladder";
import type { TrainingProgress } from "@systemhealer/ml/pipeline/train-model";
import { trainWithLadder } from "@systemhealer/ml/pipeline/train-with-ladder";
import type { Command } from "commander";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { openInput } from "../files/input-file.ts";
import { checkOutputs, leaveStandardOutputTo, writeOutput } from "../files/output-file.ts";
import { loadTable, profileFile } from "../files/read-table-file.ts";
import type { Output } from "../output.ts";
import { fewRowsLine } from "../terminal/few-rows-line.ts";
import { importanceTable } from "../terminal/importance-table.ts";
import { leaderboardTable } from "../terminal/leaderboard-table.ts";
import { repeatedRowsLine } from "../terminal/repeated-rows-line.ts";
import { scoreTable } from "../terminal/score-table.ts";
import { searchDetail } from "../terminal/search-detail.ts";
import { tellUnusedSteps } from "../terminal/tell-unused-steps.ts";
import { formatBytes, formatCount, formatScore, formatSeconds } from "../terminal/units.ts";
import { addTrainingFlags, readTrainingSettings } from "../training-flags.ts";

interface Options {
  readonly out: string;
  readonly report?: string;
  readonly card?: string;
  readonly labelColumn?: string;
  readonly threads: number;
}

export function addTrain(program: Command, cli: Cli): void {
  const { output } = cli;
  const command = addCommand(program, cli, "train <file>", "command-train")
    .requiredOption("--out <model.onnx>", output.text("option-model-out"))
    .option("--report <report.json>", output.text("option-report"))
    .option("--card <model-card.json>", output.text("option-card"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism());
  addTrainingFlags(command, cli);
  command.action(async (path: string, options: Options) => {
    const settings = readTrainingSettings(command.opts(), output.language);
    tellUnusedSteps(output, settings);
    await train(cli, path, options, settings);
  });
}

async function train(
  cli: Cli,
  path: string,
  options: Options,
  settings: ReturnType<typeof readTrainingSettings>,
): Promise<void> {
  const { output, signal } = cli;
  const started = performance.now();
  const outputs = [options.out, options.report, options.card];
  leaveStandardOutputTo(outputs, output);
  await checkOutputs(outputs, [path]);
  const file = await openInput(path);
  const { labelColumn } = options;
  const { sha256, warnings } = await profileFile(cli, file, {
    purpose: "training",
    ...(labelColumn && { labelColumn }),
  });
  const table = await loadTable(cli, file, labelColumn);
  const { onnx, card, report } = await trainWithLadder(table, settings, {
    trainingFileSha256: sha256,
    threads: options.threads,
    signal,
    onProgress: (progress) => showTraining(cli, progress),
    onNext: (next, failure) =>
      output.note("training-next-attempt", {
        reason: failureMessage({ code: failure.code, parameters: { ...failure.parameters } }, output.language),
        learner: describeLearner(next),
      }),
  });
  await writeOutput(options.out, onnx);
  if (options.report) await writeOutput(options.report, `${JSON.stringify(report, null, 2)}\n`);
  if (options.card) await writeOutput(options.card, `${JSON.stringify(card, null, 2)}\n`);

  const { macroF1, accuracy } = report.test;
  const { duplicateRowsDropped } = report.preparation;
  const seconds = (performance.now() - started) / 1_000;
  const result = {
    schema: "training-result.v1",
    model: options.out,
    sizeBytes: onnx.length,
    sha256: createHash("sha256").update(onnx).digest("hex"),
    macroF1,
    accuracy,
    fitSeconds: report.fitSeconds,
    seconds,
    rows: table.rowCount,
    duplicateRowsDropped,
    warnings,
    split: report.split,
    bestEpoch: report.bestEpoch,
    classes: report.classes,
    perClass: report.test.perClass,
    confusion: report.test.confusion,
    settings: card.settings,
    ...(report.attempts && { attempts: report.attempts }),
    leaderboard: report.leaderboard ?? { entries: [] },
    importance: report.importance ?? [],
  };
  output.result(result, [
    ...(report.leaderboard ? [leaderboardTable(output, report.leaderboard), ""] : []),
    scoreTable(output, report.test),
    "",
    ...(report.importance?.length ? [importanceTable(output, report.importance), ""] : []),
    ...repeatedRowsLine(output, duplicateRowsDropped),
    output.text("train-scores", {
      rows: formatCount(report.split.test),
      macroF1: formatScore(macroF1),
      accuracy: formatScore(accuracy),
    }),
    ...fewRowsLine(output, report.test.perClass),
    output.text("train-done", {
      model: options.out,
      size: formatBytes(onnx.length),
      seconds: formatSeconds(seconds),
      epoch: report.bestEpoch,
    }),
  ]);
}

function showTraining({ output }: Cli, progress: TrainingProgress): void {
  output.progress.show(output.text(`stage-${progress.stage}`), progress.fraction, detailOf(output, progress));
}

function detailOf(output: Output, { fit, search }: TrainingProgress): string {
  if (fit) return output.text("training-epoch", { epoch: fit.epoch, macroF1: formatScore(fit.validationMacroF1) });
  if (!search) return "";
  return searchDetail(output, search, search.standings);
}
