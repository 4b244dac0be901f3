import { Adaptation, leavesModel } from "@systemhealer/contract/adaptation";
import type { DatasetIn } from "@systemhealer/contract/dataset";
import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { AdaptationRun } from "@systemhealer/contract/run";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { readData } from "@systemhealer/domain/use-cases/read-data";
import type { AdaptedModel } from "@systemhealer/ml/adapt/adapt-model";
import { diagnoseCsv } from "@systemhealer/ml/diagnose/diagnose-csv";
import type { DiagnosisModel } from "@systemhealer/ml/diagnose/diagnosis-model";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { RowOffsets } from "@systemhealer/ml/table/row-offsets";
import { openObjectWriter } from "@systemhealer/platform/object-writer";
import { type RunFile, writeRunFiles } from "./write-artefacts.ts";

export interface AdaptationOrder {
  readonly run: AdaptationRun;
  readonly dataset: DatasetIn<"ready">;
  readonly adapted: AdaptedModel;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

const json = "application/json";
/** `results-index.json` tells where in `results.csv` every so many-th row begins. */
const indexedRows = 1_000;

/**
 * Writes what an adaptation made: the rows' diagnoses with their summary and sample, the statement, and, where it is
 * another one than before, the model; last the list of all.
 */
export async function writeAdaptation(objects: ObjectStore, order: AdaptationOrder): Promise<void> {
  const { run, adapted } = order;
  const { csv, index, summary, sample } = await writeResults(objects, order);
  const { shift, statement, labelledRows } = adapted;
  const adaptation = Adaptation.parse({
    ...statement,
    labelledRowsInFile: labelledRows.length,
    ...(shift && { shift }),
  });
  const file = (name: string, value: object): RunFile => ({
    name,
    body: new TextEncoder().encode(JSON.stringify(value)),
    contentType: json,
  });
  const model: readonly RunFile[] = leavesModel(statement.verdict)
    ? []
    : [
        { name: "model.onnx", body: adapted.onnx, contentType: "application/octet-stream" },
        file("model-card.json", adapted.card),
      ];
  await objects.write(runArtefactKey(run.workspaceId, run.runId, "results-index.json"), index, json);
  await writeRunFiles(
    objects,
    run,
    [
      ...model,
      file("adaptation.json", adaptation),
      file("summary.json", summary),
      ...(sample ? [file("sample.json", sample)] : []),
    ],
    [csv],
  );
}

/** What is known of each row, as a diagnosis tells it. */
async function writeResults(objects: ObjectStore, { run, dataset, adapted, signal, onProgress }: AdaptationOrder) {
  const name = "results.csv";
  const contentType = "text/csv";
  const objectKey = runArtefactKey(run.workspaceId, run.runId, name);
  const model = await openModel(adapted.onnx);
  const { body } = await readData({ objects }, dataset);
  const rows = openObjectWriter(objects, objectKey, contentType);
  const offsets = new RowOffsets(indexedRows);
  try {
    const sums = await diagnoseCsv(body, inferred(model, adapted.probabilities), {
      onResults(bytes) {
        offsets.push(bytes);
        return rows.push(bytes);
      },
      ...(dataset.labelColumn !== undefined && { labelColumn: dataset.labelColumn }),
      onProgress: (done) => onProgress(done / Math.max(1, dataset.rows)),
      signal,
    });
    const { sizeBytes, sha256, etag } = await rows.finish();
    const { evaluation, ...summary } = DiagnosisSummary.parse(sums.summary());
    const sample = sums.sample();
    const index = { schema: "results-index.v1", rows: offsets.rows, every: indexedRows, offsets: offsets.offsets };
    // Where the class of some rows was given, a score over all of them says too much.
    const scored = run.labelledDatasetId === undefined && evaluation ? { ...summary, evaluation } : summary;
    return {
      csv: { name, objectKey, contentType, sizeBytes, sha256, etag },
      index: new TextEncoder().encode(JSON.stringify(index)),
      summary: scored,
      ...(sample && { sample: DiagnosisSample.parse(sample) }),
    };
  } catch (error) {
    await rows.abandon();
    throw error;
  } finally {
    await model.close();
  }
}

/** The model as if it answered what the adaptation has found of the rows, which come in their order. */
function inferred(model: DiagnosisModel, probabilities: Float32Array): DiagnosisModel {
  const classCount = model.card.classes.length;
  let row = 0;
  return {
    ...model,
    async predict(values, rowCount, novelty) {
      if (novelty) await model.predict(values, rowCount, novelty);
      const first = row * classCount;
      row += rowCount;
      if (row * classCount > probabilities.length) throw new RangeError("there are more rows than were adapted to");
      return probabilities.subarray(first, row * classCount);
    },
  };
}
