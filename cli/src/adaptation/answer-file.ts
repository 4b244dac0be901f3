import { alignTable } from "@systemhealer/ml/adapt/target/align-table";
import { joinLabelled } from "@systemhealer/ml/adapt/target/join-labelled";
import { targetShift } from "@systemhealer/ml/adapt/target/target-shift";
import type { OpenModel } from "@systemhealer/ml/diagnose/model";
import type { ReadTable } from "@systemhealer/ml/table/read-table";
import type { Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import type { InputFile } from "../files/input-file.ts";
import { type ReadBothOptions, readBoth } from "./read-both.ts";
import type { Believed } from "./score-others.ts";

/**
 * What a model as it is says of a file's rows, and which of these are among a few labelled ones, so that it can be scored
 * on the rows that an adaptation with them is scored on.
 * @throws UnusableFileError, ColumnsDoNotMatchError, AdaptationError, CliError for a model for windows
 */
export async function answerFile(
  cli: Cli,
  model: OpenModel,
  file: InputFile,
  options: ReadBothOptions,
  onRead: (target: ReadTable) => void,
): Promise<{ readonly answers: Believed; readonly target: ReadTable }> {
  const { card } = model;
  if (card.window) throw new CliError(exitCode.usage, "labelled-needs-single-rows");
  const { target, few } = await readBoth(cli, file, card.features, options, onRead);
  const rows = alignTable(target, card);
  const { givenRows } = joinLabelled(rows, few && alignTable(few, card), few, card.classes);
  const probabilities = await model.predict(rows.values, rows.rowCount);
  const shift = targetShift(model, probabilities, rows.values, target.featureNames);
  return { answers: { card, probabilities, labelledRows: givenRows, ...(shift && { shift }) }, target };
}
