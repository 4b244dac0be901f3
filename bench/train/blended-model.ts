import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { blendPipelines } from "@systemhealer/ml/learners/blend/blend-pipelines";
import { readMetadata } from "@systemhealer/ml/onnx/read-metadata";
import { fitPipeline } from "@systemhealer/ml/pipeline/fit-pipeline";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { modelGraph, writeModel } from "@systemhealer/ml/pipeline/write-model";
import type { Table } from "@systemhealer/ml/table/table";

/** Of the size that `auto` makes of some thousand rows. */
const memberSettings = [
  { learner: "gbdt", rounds: 200 },
  { learner: "extra-trees", trees: 100 },
  { learner: "mlp", epochs: 10 },
] as const;

/**
 * A model file of boosted trees, extra trees and a network ensemble of equal weight. What `auto` would choose depends on
 * its clock; this does not.
 */
export async function blendedModel(table: Table, threads: number): Promise<Uint8Array> {
  const { labels, classes } = table;
  if (!labels || !classes) throw new TypeError("the table has no labels");
  const raw = { columnCount: table.featureNames.length, values: table.values };
  const rows = { raw, labels, classCount: classes.length };
  const which = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const validation = which.filter((row) => row % 5 === 0);
  const training = which.filter((row) => row % 5 !== 0);
  const members = [];
  for (const one of memberSettings) {
    const settings = TrainingSettings.parse({ learner: one });
    const options = { seed: 0, threads };
    const { pipeline } = await fitPipeline(rows, training, validation, settings.learner as never, settings, options);
    members.push({ pipeline, weight: 1 / memberSettings.length });
  }
  // Card and normal ranges are those of any model of the same file.
  const settings = TrainingSettings.parse({ learner: { learner: "linear" }, map: "none" });
  const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64), threads });
  return writeModel(
    modelGraph(blendPipelines(members, "geometric")),
    Object.fromEntries(withoutLimit(readMetadata(onnx))),
  );
}

/** The blend has no output of novelty, so its reference may have no limit of it. */
function withoutLimit(metadata: ReadonlyMap<string, string>): Map<string, string> {
  const kept = new Map(metadata);
  const key = "systemhealer.reference";
  const reference = JSON.parse(kept.get(key) ?? "{}") as Record<string, unknown>;
  kept.set(key, JSON.stringify({ ...reference, noveltyLimit: null }));
  return kept;
}
