import type { DatasetIn } from "@systemhealer/contract/dataset";
import { Profile } from "@systemhealer/contract/profile";
import type { DiagnosisRun } from "@systemhealer/contract/run";
import { RunFailedError } from "@systemhealer/domain/errors";
import { shardKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { readData } from "@systemhealer/domain/use-cases/read-data";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { diagnoseShard } from "@systemhealer/ml/diagnose/diagnose-csv";
import type { DiagnosisAccumulator } from "@systemhealer/ml/diagnose/diagnosis-accumulator";
import type { DiagnosisModel } from "@systemhealer/ml/diagnose/diagnosis-model";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import type { Explainer } from "@systemhealer/ml/explain/open-explainer";
import { normalIndex } from "@systemhealer/ml/recovery/normal-index";
import { TableError } from "@systemhealer/ml/table/table-error";
import { openObjectWriter } from "@systemhealer/platform/object-writer";

const ndjson = "application/x-ndjson";

export interface StoredShard {
  readonly run: DiagnosisRun;
  readonly dataset: DatasetIn<"ready">;
  readonly model: DiagnosisModel;
  /** Where each row is to be explained. */
  readonly explainer?: Explainer;
  /** @returns false once the shard has to come to its end, so that no more rows are explained */
  readonly hasTime?: () => boolean;
  /** Counts from 0. */
  readonly shard: number;
  readonly signal: AbortSignal;
}

/**
 * Diagnoses a byte range (a model for windows reads the range before it as well, to look back on) and leaves its rows (`….csv`), sums (`….json`) and explanations (`….jsonl`) for the merge.
 * @returns how many shards the data set has
 * @throws RunFailedError, ConflictError `data-changed`
 */
export async function diagnoseStoredShard({ objects }: Pick<Ports, "objects">, order: StoredShard): Promise<number> {
  const { run, dataset, model, explainer, hasTime, shard, signal } = order;
  const { columns, dialect, ranges } = await readJson({ objects }, dataset.profileKey, Profile);
  const range = ranges[shard];
  if (!range) throw new RangeError(`shard ${shard} of ${ranges.length}`);
  const { body } = await readData({ objects }, dataset, [range.firstByte, range.endByte]);
  const rows = openObjectWriter(objects, shardKey(run.workspaceId, run.runId, shard, "csv"), "text/csv");
  const lines = explainer && openObjectWriter(objects, shardKey(run.workspaceId, run.runId, shard, "jsonl"), ndjson);
  const normal = run.verifies === undefined ? -1 : normalIndex(model.card.classes, run.normalClass);
  let sums: DiagnosisAccumulator;
  try {
    const before = model.card.window && ranges[shard - 1];
    const rowsBefore = before && (await readData({ objects }, dataset, [before.firstByte, before.endByte])).body;
    const origin = {
      columns,
      delimiter: dialect.delimiter,
      firstRow: range.firstRow,
      ...(rowsBefore && { rowsBefore }),
    };
    sums = await diagnoseShard(body, origin, model, {
      onResults: (bytes) => rows.push(bytes),
      ...(dataset.labelColumn !== undefined && { labelColumn: dataset.labelColumn }),
      ...(run.anomalyThreshold !== undefined && { anomalyThreshold: run.anomalyThreshold }),
      ...(normal >= 0 && { normalClass: normal }),
      ...(explainer &&
        lines && {
          explain: { explainer, onLines: (bytes: Uint8Array) => lines.push(bytes), ...(hasTime && { hasTime }) },
        }),
      signal,
    });
  } catch (error) {
    await Promise.all([rows.abandon(), lines?.abandon()]);
    if (error instanceof ModelFileError) throw new RunFailedError(error.code, error.parameters, { cause: error });
    if (!(error instanceof TableError)) throw error;
    const { code: reason, ...found } = error.finding;
    throw new RunFailedError("data-unusable", { reason, ...found }, { cause: error });
  }
  await Promise.all([rows.finish(), lines?.finish()]);
  const json = new TextEncoder().encode(JSON.stringify(sums));
  await objects.write(shardKey(run.workspaceId, run.runId, shard, "json"), json, "application/json");
  return ranges.length;
}
