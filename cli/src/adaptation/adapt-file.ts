import { type AdaptedModel, adaptModel } from "@systemhealer/ml/adapt/adapt-model";
import { readModelCard } from "@systemhealer/ml/diagnose/read-model-card";
import type { ReadTable } from "@systemhealer/ml/table/read-table";
import type { Cli } from "../cli.ts";
import { type InputFile, readWhole } from "../files/input-file.ts";
import { withModelOf } from "../files/open-model-file.ts";
import { type ReadBothOptions, readBoth } from "./read-both.ts";

export interface AdaptFileOptions extends ReadBothOptions {
  readonly threads: number;
}

export interface AdaptedToFile {
  readonly adapted: AdaptedModel;
  /** With its labels, where it has some; the adaptation has not seen them. */
  readonly target: ReadTable;
  /** Labelled rows that are among the file's own. */
  readonly labelledRowsInFile: number;
}

/**
 * Adapts a model to the rows of a file.
 * @param onRead looks at the file's rows before they are adapted to
 * @throws UnusableModelError, UnusableFileError, AdaptationError
 */
export async function adaptFile(
  cli: Cli,
  modelPath: string,
  file: InputFile,
  options: AdaptFileOptions,
  onRead?: (target: ReadTable) => void,
): Promise<AdaptedToFile> {
  const { output, signal } = cli;
  const model = await readWhole(modelPath);
  const { features } = await withModelOf(modelPath, async () => readModelCard(model));
  const { target, targetSha256, few } = await readBoth(cli, file, features, options, onRead);
  try {
    const { labels: _, classes: __, ...unlabelled } = target;
    const choices = {
      targetFileSha256: targetSha256,
      ...(few && { labelled: few }),
      threads: options.threads,
      signal,
      onProgress: (fraction: number) => output.progress.show(output.text("stage-adapting"), fraction),
    };
    const adapted = await withModelOf(modelPath, () => adaptModel(model, unlabelled, choices));
    signal.throwIfAborted();
    return { adapted, target, labelledRowsInFile: adapted.labelledRows.length };
  } finally {
    output.progress.clear();
  }
}
