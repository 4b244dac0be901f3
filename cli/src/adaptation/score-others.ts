import type { AdaptedModel } from "@systemhealer/ml/adapt/adapt-model";
import { DiagnosisAccumulator } from "@systemhealer/ml/diagnose/diagnosis-accumulator";
import type { DiagnosisSummary } from "@systemhealer/ml/diagnose/diagnosis-summary";
import { mostProbable } from "@systemhealer/ml/metrics/most-probable";
import { alignColumns } from "@systemhealer/ml/pipeline/align-columns";
import type { ReadTable } from "@systemhealer/ml/table/read-table";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";

/** What a model, or an adaptation, says of a file's rows. */
export interface Believed extends Pick<AdaptedModel, "probabilities" | "labelledRows" | "shift"> {
  readonly card: Pick<AdaptedModel["card"], "classes" | "features">;
}

/**
 * Scores what is said of a file's rows; those among the labelled ones are left out.
 * @param target with its labels
 * @param file its name, for the message
 * @throws CliError `all-labels-given` where no labelled row is left
 */
export function scoreOthers(
  { card, probabilities, labelledRows, shift }: Believed,
  target: ReadTable,
  file: string,
): DiagnosisSummary {
  const { missing, unknown } = alignColumns(
    card.features.map(({ name }) => name),
    [...target.featureNames, ...(target.passedOver ?? [])],
  );
  const accumulator = new DiagnosisAccumulator(card.classes, { missing, unknown }, false);
  const diagnoses = mostProbable(probabilities, card.classes.length);
  const given = new Set(labelledRows);
  const noId = new Uint8Array(0);
  for (const [row, diagnosis] of diagnoses.entries()) {
    if (given.has(row)) continue;
    const label = target.classes?.[target.labels?.[row] ?? -1];
    accumulator.addRow(diagnosis, probabilities[row * card.classes.length + diagnosis] ?? 0, label, noId);
  }
  const summary = accumulator.summary();
  if (!summary.evaluation) throw new CliError(exitCode.input, "all-labels-given", { file });
  return { ...summary, ...(shift && { shift }) };
}
