import { createHash } from "node:crypto";
import { type AdaptedModel, adaptModel } from "@systemhealer/ml/adapt/adapt-model";
import { readModelCard } from "@systemhealer/ml/diagnose/read-model-card";
import { type ReadTable, readTable } from "@systemhealer/ml/table/read-table";
import type { Cli } from "../cli.ts";
import { type InputFile, openInput, readWhole } from "../files/input-file.ts";
import { withModelOf } from "../files/open-model-file.ts";
import { underName } from "../files/read-table-file.ts";

export interface AdaptFileOptions {
  /** Path of a file with a few labelled rows. */
  readonly labelled?: string;
  readonly labelColumn?: string;
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
 * Adapts a model to the rows of a file. As in a diagnosis, columns that the model does not know are passed over.
 * @param onRead looks at the file's rows before they are adapted to
 * @throws UnusableModelError, UnusableFileError, AdaptationError
 */
export async function adaptFile(
  cli: Cli,
  modelPath: string,
  file: InputFile,
  { labelled, labelColumn, threads }: AdaptFileOptions,
  onRead: (target: ReadTable) => void = () => {},
): Promise<AdaptedToFile> {
  const { output, signal } = cli;
  const model = await readWhole(modelPath);
  const card = await withModelOf(modelPath, async () => readModelCard(model));
  const knownFeatures = new Set(card.features.map(({ name }) => name));
  const own = { ...(labelColumn && { labelColumn }), knownFeatures, keepSampleIds: true, signal };
  const hash = createHash("sha256");
  const target = await underName(file, () =>
    readTable(hashed(file.read(signal), hash), { ...own, labels: "optional" }),
  );
  await underName(file, async () => onRead(target));
  const few = labelled === undefined ? undefined : await openInput(labelled);
  const ownOfFew = { ...own, labels: "required", orUsualLabel: true } as const;
  const fewRows = few && (await underName(few, () => readTable(few.read(signal), ownOfFew)));
  try {
    const { labels: _, classes: __, ...unlabelled } = target;
    const choices = {
      targetFileSha256: hash.digest("hex"),
      ...(fewRows && { labelled: fewRows }),
      threads,
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

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
